"""What the super-complaint report recommends, summed up in the shape of the paper."""

SUMMARY = """\
A women’s justice charity, together with investigative journalists, complained in March 2020 that \
forces do not deal properly with domestic abuse when the suspect is one of their own – police \
perpetrated domestic abuse, or ‘PPDA’. This force was among the fifteen that gave information. The \
complaint’s eleven themes run from the first report, through investigation, complaints, misconduct \
and charging, to what becomes of women who are officers themselves."""

AUDIT = """\
• Each chief constable has two groups of police perpetrated domestic abuse (‘PPDA’) cases looked at \
again – those still live, and those closed in the year up to 30 June 2022 – and puts right any that \
was not handled, or not investigated, as the complaint or conduct matter that it was.
• Through the NPCC, and within six months, each force tells the three publishers in writing how its \
response to ‘PPDA’ has become better since that audit, or is going to, as regards:
  o dealing with it under the complaints and conduct system;
  o keeping to authorised professional practice (‘APP’), or the reasons for doing otherwise;
  o keeping watch over cases;
  o criminal and conduct investigations that are joined up and free of bias, led by people with \
the skills for it;
  o how victims are kept engaged, and kept informed;
  o where an officer works while an allegation is looked into; and
  o whatever else makes these findings part of everyday work."""

INVESTIGATE = """\
• Chief constables have a plan by which nobody with an earlier link to anyone in the case \
investigates it – neither the crime nor the misconduct – and by which the reasons for choosing an \
investigator are written down in full.
• Another force may have to be asked where:
  o independence cannot be had at home – a small force, say, or a suspect whom ‘everybody knows’ \
through rank or long service; or
  o nothing else will win the victim’s trust.
• The plan says how delay, loss of quality and loss of contact with the victim are kept small when \
a case goes elsewhere.
Plans for asking another force are looked at again from time to time, in the light of what comes to \
be known about such abuse."""

SUPPORT = """\
Commissioners, the Ministry of Justice and chief constables make sure that support and guidance fit \
what victims of ‘PPDA’ need – those inside the police as well as those outside. In particular:"""

#: The bullets of recommendation 3, each for one body.
COMMISSIONERS = """\
• Commissioners look at whether local services can cope with the risks these victims run, and can \
stand by them through “complaints and discipline”;"""
MINISTRY = """\
• The Ministry of Justice brings those risks into its guidance for independent domestic abuse \
advisors (‘IDVAs’) – with the advice that victims need on the criminal side and on misconduct;"""
REVIEW_SUPPORT = """\
• Chief constables look at what support there is – from the force, from staff associations and from \
other bodies at work – and make it stronger where it falls short;"""
UPDATES = """\
• Chief constables satisfy themselves that victims get news of their case in a form they can use, \
and one that builds trust – it may help to name a senior person, from this force or another, who \
watches over such cases and is the victim’s “one point of contact”; and"""
INFORMATION = """\
• Chief constables make known, to victims in and outside the police, how to report and where \
confidential help is to be had (a national helpline among others) – and how an allegation is \
investigated so that it stays confidential and independent of the suspect."""

SUPPORT_WHOLE = f"{SUPPORT}\n{COMMISSIONERS}\n{MINISTRY}\n{REVIEW_SUPPORT}\n{UPDATES}\n{INFORMATION}"
