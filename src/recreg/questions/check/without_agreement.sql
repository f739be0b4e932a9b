SELECT item.id, item.ref, item.hmicfrs_ref, item.submitted_on, (SELECT max(change.changeset) AS max_1
FROM change JOIN changeset ON changeset.number = change.changeset
WHERE change.noun = 'item' AND change."row" = item.id AND changeset.command = 'submit' AND json_extract(change."after", '$.submitted_on') IS NOT NULL) AS act
FROM item
WHERE item.status = 'submitted' AND item.agreed_by_id IS NULL AND item.closed_on IS NULL AND item.withdrawn_on IS NULL AND item.ours = 1
ORDER BY item.id
