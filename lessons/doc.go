/*
Package lessons reads lessons: Markdown files with tasks, questions and code
for a lab in them. This comment is the whole of the format.

It provides:

  - [Lesson], [Step] and what each [Part] of them may be: [Text], [Block], [Question],
    [Notes], [Pause];
  - [Parse], which reads one file and reports all of its faults;
  - [Load] and [Course], a folder of lessons in their languages;
  - [Lint], which finds what is wrong with a course, each [Fault] with its file
    and line;
  - [Embedded], the course that comes with the program;
  - [Folder], [Own] and [Merge], which put lessons of somebody's own beside it;
  - [Watcher], which notices that a lesson is being edited;
  - [Create], which makes a new lesson to write on, or copies one;
  - [Lesson.Ports] and [WithPorts], to move a lesson to ports that are free.

It does not run anything, does not know which facts a task may state, keeps no
progress and prints nothing. A lesson is inert text.

# Files

	NN-slug/lesson.md        the lesson, in English
	NN-slug/lesson.zh.md     its translation; zh may be any language

NN is the lesson's number. Every folder at the top that holds a lesson is one;
other folders and files are left alone. A folder with a lesson.md at its top is
itself the only lesson. Files are UTF-8 and have 4 MiB at most; a line, a
paragraph and a text of a question have 8 KiB at most.

# An example

	---
	format: 1
	id: time-wait
	title: TIME_WAIT and SO_REUSEADDR
	minutes: 25
	needs: []
	---
	A port can be taken by nobody at all.

	```python lab
	shop = serve("tcp-upper", port=8080, reuseaddr=False)
	```

	## Hang up first {#hang-up-first}

	Connect to the shop and be the one who hangs up.

	```yaml predict
	ask: What does the kernel say of the connection at once?
	choices:
	  - text: ESTABLISHED
	    when: kernel("ESTABLISHED", port=8080)
	  - text: nothing, the shop has to accept it first
	    when: otherwise
	    say: The kernel shakes hands by itself; accept takes what is there.
	explain: The handshake is the kernels' own.
	```

	```python run
	phone = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
	phone.connect(("127.0.0.1", 8080))
	```

	<!-- pause -->

	Now close it. Which side keeps the memory of the connection?

	```python task
	called("close", by="learner")        # you hung up first
	kernel("TIME_WAIT", port=8080)       # and the kernel remembers
	```

	```text hint
	`phone.close()`
	```

	```python solution
	phone.close()
	```

	```python wrong
	# fails: you hung up first
	shop.close()
	```

	```yaml quiz
	ask: How many seconds does it last on Linux?
	answer: [60, one minute]
	wrong:
	  120: That is what the old books say of other systems.
	explain: TCP_TIMEWAIT_LEN is fixed at 60 seconds.
	```

	<!-- notes: run `states watch` beside it -->

# Front matter

The file begins with YAML between two lines "---". It has format, which is 1;
id, made of lower-case letters, digits and dashes, which no other lesson has
and a translation shares; title; minutes, a whole number; and, if any, needs, a
list of the ids of lessons that come before; a lesson of one's own may name
those of the program. There are no other keys.

# Steps

What stands before the first "## " heading is the introduction. Each such
heading begins a step and ends with the step's id: "## Title {#step-id}".
Progress is kept by lesson id and step id, so an id that was published stays.
A step has text. Deeper headings are text; a "# " heading is a fault, since
the title stands in the front matter.

# Blocks

A fence whose info string is a language and a role is a block. It stands at the
left margin. A fence with a language alone, or with nothing, is part of the
text and shown as it stands.

	python lab        run before the step. In the introduction, where it is
	                  the only role that may stand: before every step
	python run        shown; Enter runs it
	python task       the facts that must come to hold; one in a step at most
	text hint         help, as Markdown; several stand in their order
	python solution   the answer; one in a step with a task
	python also       another right answer; several may stand
	python wrong      a plausible mistake, which must not pass
	yaml predict      a question asked before, decided by what happens
	yaml quiz         a question

A task has a solution and a hint at least. Blocks of code are Python-shaped or
commands, as at the prompt. Their lines have at most 72 cells, because a
terminal may have 80 columns; tasks and wrong answers, which are not shown as
they stand, may be wider.

A task is one fact a statement. A statement is an expression and may span lines
inside brackets. Its trailing comment is what the learner reads and must stand;
a comment on a line of its own is for authors.

A wrong block has a line "# fails: X" that names the fact of the task on which
it must fail: X is the fact's number from 1, its words, or its expression.

# Questions

A predict block has ask, choices and explain. Each choice has a text, a when,
which is a fact, and perhaps a say, the reply to whoever chose it, and a then,
which is said if the choice came true, whoever chose what: so the text after an
experiment follows what was measured. The last choice may have "when:
otherwise". A choice is right if its fact holds once the step has run. Several
predict blocks may stand before one run block, which decides them all. In a step
without a run block the task behind them decides them, once it is passed.

A quiz has ask and explain, and either choices or answer. A choice has a text,
"right: true" if it is right, and perhaps a say. At least one is right and one
is not. An answer is a text, or a list of texts that are all accepted; wrong,
beside it, maps wrong answers to replies. Values are taken as they are written:
y, no and 0x10 are these texts. How an answer is compared is at
[Question.Judge].

# Comments

	<!-- notes: what an instructor says here -->
	<!-- pause -->

stand on lines of their own; notes may span lines. At a pause the reader is
asked to go on.

	<!-- plain: sentences, as Markdown -->

right behind a fence without a role says it in words. They are shown in its
place to whoever uses a screen reader (--plain), and never else. A fence with
lines, blocks or arrows in it, or with the language text, must have them. Any
other HTML comment is dropped from what is shown.

# Translations

A translation has the id, minutes and needs of its original, the same steps in
the same order, and in each step the same blocks and questions in the same
order. Code is the same once comments, blank lines and the texts given to print
and input are set aside. Every fact has its words in the translation too. Its
prose is not that of the original, word for word. A
question has the same number of choices, right in the same cases, and accepts
at least the answers that the original accepts.

# Ports

Lessons name fixed ports, since that is how one reads about them. A port that
is taken is exchanged for another by [WithPorts], in text and code alike, so a
port is a number that does not also mean something else in the same step.

# Lessons from elsewhere

A lesson that does not come with the program is [Lesson].Foreign: its code reaches
loopback alone and asks before it starts a program or touches a file. One with
faults is left out and the others are used; a translation with faults is left
out and the English read in its place. A lesson with the id of another takes its
place; otherwise it keeps its number, if that is free.
*/
package lessons
