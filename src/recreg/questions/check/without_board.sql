SELECT item.ref, item.hmicfrs_ref, item.added_on
FROM item
WHERE item.closed_on IS NULL AND item.withdrawn_on IS NULL AND item.ours = 1 AND item.board_id IS NULL
