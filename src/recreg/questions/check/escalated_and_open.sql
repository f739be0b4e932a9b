SELECT item.ref, item.hmicfrs_ref, cause.ref AS cause, cause.added_on
FROM item JOIN link ON link.other_id = item.id JOIN item AS cause ON cause.id = link.item_id
WHERE item.closed_on IS NULL AND item.withdrawn_on IS NULL AND item.ours = 1 AND link.relation = 'escalated_from' AND cause.withdrawn_on IS NULL
ORDER BY item.id, cause.id
