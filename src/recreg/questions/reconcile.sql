SELECT item.ref, item.hmicfrs_ref, item.kind, inspection.code AS inspection, item.number, item.title, item.text, item.deadline_words, item.status, item.ours, item.closed_on, item.withdrawn_on, item.parent_id IS NULL OR parent.kind = 'cause_of_concern' AS counts
FROM item
LEFT OUTER JOIN inspection ON inspection.id = item.inspection_id
LEFT OUTER JOIN item AS parent ON parent.id = item.parent_id
ORDER BY item.id
