"""The import contract that import-linter does not bring by itself.

Run by `lint-imports`; configured in pyproject.toml.
"""

from graphlib import CycleError, TopologicalSorter
from typing import cast

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class NoImportCycles(Contract):
    """No module of `packages` imports itself, however long the way round."""

    type_name = "acyclic"

    packages = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        modules = {
            module
            for package in cast("list[str]", self.packages)
            for module in {package, *graph.find_descendants(package)}
        }
        imports = {m: graph.find_modules_directly_imported_by(m) & modules for m in modules}
        try:
            TopologicalSorter(imports).prepare()
        except CycleError as found:
            return ContractCheck(kept=False, metadata={"cycle": found.args[1]})
        return ContractCheck(kept=True)

    def render_broken_contract(self, check: ContractCheck) -> None:
        output.print_error(" is imported by ".join(check.metadata["cycle"]))
