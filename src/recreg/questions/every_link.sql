SELECT item.ref AS item, link.relation, other.ref AS other
FROM link JOIN item ON item.id = link.item_id JOIN item AS other ON other.id = link.other_id
WHERE item.withdrawn_on IS NULL AND other.withdrawn_on IS NULL
ORDER BY link.id
