using System.Globalization;

namespace ForensicHeads.Cli.Commands;

/// <summary><c>datasets audit</c>: looks for what would make a detection number too good.</summary>
internal sealed class DatasetsAudit : ICommandSource
{
    public CliCommand Create(CliContext context)
    {
        var defaults = new LeakAuditOptions();
        var stores = DatasetsCommand.Stores();
        var file = Options.Required<string>("--split", "The split to check.", "FILE");
        var distance = Options.Default("--hash-distance", defaults.MaximumHashDistance,
            "Largest perceptual-hash distance, bits of 64, at which two frames count as the same; 0 to 16.", "BITS");
        var near = Options.Default("--near-duplicates", defaults.NearDuplicates, "What near-duplicate frames in two roles mean.");
        return new CliCommand("audit",
            "Looks for what two roles of a split share: people, videos, groups, drivers, near-duplicate frames; exit code 1 if they do.",
            "forensicheads datasets audit data/heads --split data/splits/default.json")
        {
            stores, file, distance, near,
        }.Runs(context, run =>
        {
            if (run.Get(distance) is < 0 or > 16)
                throw new UserErrorException($"--hash-distance is {run.Get(distance)}; allowed is 0 to 16.", exitCode: 2);
            var options = defaults with { MaximumHashDistance = run.Get(distance), NearDuplicates = run.Get(near) };
            var report = LeakAudit.Run(
                DatasetsCommand.Open(run, run.Get(stores)), Split.Load(run.Get(file)), options, run.Progress, run.Cancellation);
            foreach (var leak in report.Leaks) run.Say($"{(leak.Stops ? "leak" : "note")}  {leak.What}");
            var stopping = report.Leaks.Count(leak => leak.Stops);
            run.Say(string.Create(CultureInfo.InvariantCulture,
                $"{stopping} leak(s), {report.Leaks.Count - stopping} note(s); {report.FramesCompared} frames compared"));
            if (stopping > 0) run.Warn(
                "the data leak between roles or classes. Make the split again with 'datasets split', or remove the frames named.");
            return new CommandOutcome(new { leaks = report.Leaks, frames_compared = report.FramesCompared, options = report.Options },
                stopping > 0 ? 1 : 0);
        });
    }
}
