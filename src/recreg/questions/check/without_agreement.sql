SELECT item.ref, item.hmicfrs_ref, item.submitted_on
FROM item
WHERE item.status = 'submitted' AND item.agreed_by_id IS NULL AND item.closed_on IS NULL AND item.withdrawn_on IS NULL AND item.ours = 1
ORDER BY item.id
