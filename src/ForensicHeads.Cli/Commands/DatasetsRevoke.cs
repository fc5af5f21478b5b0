using System.Globalization;
using ForensicHeads.Cli.Frame;
using ForensicHeads.Datasets;

namespace ForensicHeads.Cli.Commands;

/// <summary><c>datasets revoke</c>: what derives from a person who withdrew.</summary>
internal sealed class DatasetsRevoke : ICommandSource
{
    public CliCommand Create(CliContext context)
    {
        var stores = DatasetsCommand.Stores();
        var identity = Options.Required<string>("--identity", "The person, as the stores name them.", "NAME");
        var remove = Options.Switch("--remove", "Rewrite the stores without the person; without it, only list.");
        return new CliCommand("revoke", "Lists, and with --remove removes, what the stores hold of a person. Weights, heads and exports are not in stores: remove those yourself.", "forensicheads datasets revoke data/all data/generated --identity p00012")
        {
            stores, identity, remove,
        }.Runs(context, run =>
        {
            var person = run.Get(identity);
            var findings = Revocation.Find(DatasetsCommand.Open(run.Get(stores)), person);
            foreach (var finding in findings)
            {
                run.Say(string.Create(CultureInfo.InvariantCulture, $"{finding.Store.Path}: {finding.Shown.Count} frames of {person}, {finding.Driven.Count} of others driven by them, {finding.RejectedLines} rejected inputs, files: {(finding.Sidecars.Count == 0 ? "none" : string.Join(", ", finding.Sidecars))}"));
            }

            if (run.Get(remove)) Revocation.Remove(findings, person, run.Progress, run.Cancellation);
            run.Say(findings.Count == 0 ? $"nothing of {person} in these stores" : run.Get(remove) ? $"removed from {findings.Count} store(s)" : "listed only; --remove removes it");
            return new CommandOutcome(new
            {
                identity = person,
                removed = run.Get(remove) && findings.Count > 0,
                stores = findings.Select(finding => new
                {
                    store = finding.Store.Path,
                    shown = finding.Shown.Select(frame => frame.Key).ToArray(),
                    driven = finding.Driven.Select(frame => frame.Key).ToArray(),
                    sidecars = finding.Sidecars,
                    rejected_lines = finding.RejectedLines,
                }).ToArray(),
            });
        });
    }
}
