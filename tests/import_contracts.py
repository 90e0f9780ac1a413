"""Import contracts that import-linter does not bring by itself.

They find the features by looking, so a new feature is held to them without being listed.
Run by `lint-imports`; configured in pyproject.toml.
"""

from graphlib import CycleError, TopologicalSorter
from typing import cast

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class FeatureInternals(Contract):
    """What is private to a feature is imported only from inside its own folder.

    A feature is any package directly below `features`. Its `table_row` module may also be
    imported by the one `table`. Tests may import everything.
    """

    type_name = "feature_internals"

    features = fields.StringField()
    private = fields.ListField(subfield=fields.StringField())
    table_row = fields.StringField()
    table = fields.StringField()

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        private, row = cast("list[str]", self.private), str(self.table_row)
        trespasses: list[tuple[str, str]] = []
        for feature in sorted(graph.find_children(str(self.features))):
            inside = {feature, *graph.find_descendants(feature)}
            for module in sorted(graph.find_children(feature)):
                name = module.rpartition(".")[2]
                if name not in {*private, row}:
                    continue
                allowed = {*inside, str(self.table)} if name == row else inside
                trespasses += [
                    (importer, module)
                    for importer in sorted(graph.find_modules_that_directly_import(module))
                    if importer not in allowed and not importer.startswith("tests.")
                ]
        return ContractCheck(kept=not trespasses, metadata={"trespasses": trespasses})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, module in check.metadata["trespasses"]:
            output.print_error(f"{importer} must not import {module}")


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
