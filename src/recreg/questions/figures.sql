SELECT item.kind, item.rag, item.status, item.ours, item.closed_on IS NOT NULL AS is_closed, parent.kind = 'cause_of_concern' AS under_cause, item.parent_id IS NOT NULL AS has_parent, count(*) AS items, min(item.submitted_on) AS first_submitted_on
FROM item
LEFT OUTER JOIN item AS parent ON parent.id = item.parent_id
WHERE item.withdrawn_on IS NULL
GROUP BY item.kind, item.rag, item.status, item.ours, item.closed_on IS NOT NULL, parent.kind = 'cause_of_concern', item.parent_id IS NOT NULL
