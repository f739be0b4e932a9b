SELECT item.ref, item.hmicfrs_ref, item.closed_on, item.closed_as
FROM item
WHERE item.withdrawn_on IS NULL AND item.ours = 1 AND item.decided_by = 'hmicfrs' AND item.closed_letter IS NULL
