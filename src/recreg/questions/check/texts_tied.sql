SELECT link.item_id AS id, link.other_id
FROM link
WHERE link.relation IN ('repeats', 'related') UNION ALL SELECT item.id, item.closed_of_id AS other_id
FROM item
WHERE item.closed_of_id IS NOT NULL
