SELECT item.ref, item.hmicfrs_ref, item.original_target_on, item.target_on, item.times_deferred
FROM item
WHERE item.closed_on IS NULL AND item.withdrawn_on IS NULL AND item.ours = 1 AND item.rag = 'green' AND item.submitted_on IS NULL AND item.original_target_on < :today
