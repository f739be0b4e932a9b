SELECT item.ref, item.hmicfrs_ref, parent.ref AS cause, parent.closed_on, parent.closed_why
FROM item JOIN item AS parent ON parent.id = item.parent_id
WHERE item.closed_on IS NULL AND item.withdrawn_on IS NULL AND parent.kind = 'cause_of_concern' AND parent.closed_on IS NOT NULL AND parent.withdrawn_on IS NULL
