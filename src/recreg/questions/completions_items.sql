SELECT item.ref, item.hmicfrs_ref, item.title
FROM item
WHERE item.withdrawn_on IS NULL
AND (item.ref LIKE (:typed || '%') OR item.hmicfrs_ref LIKE (:typed || '%'))
ORDER BY item.closed_on IS NOT NULL, item.id
 LIMIT 200 OFFSET 0
