SELECT item.id, item.ref, item.hmicfrs_ref, item.title, coalesce(item.text, item.title) AS words, item.parent_id, item.closed_on
FROM item
WHERE item.withdrawn_on IS NULL
ORDER BY item.id
