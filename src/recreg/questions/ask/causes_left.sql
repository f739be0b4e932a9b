SELECT item.ref
FROM item JOIN item AS parent ON parent.id = item.parent_id
WHERE item.closed_on IS NULL AND item.withdrawn_on IS NULL AND item.ours = 1 AND parent.kind = 'cause_of_concern' AND parent.closed_on IS NOT NULL
ORDER BY item.id
