SELECT item.id, item.hmicfrs_ref, item.ours, item.owner_id, item.board_id, item.portfolio_id, item.next_review_on, item.target_on, item.deadline_on, item.submitted_on, item.closed_on, item.withdrawn_on
FROM item
WHERE :rows IS NULL OR item.id IN (SELECT each_rows.value
FROM json_each(:rows) AS each_rows)
