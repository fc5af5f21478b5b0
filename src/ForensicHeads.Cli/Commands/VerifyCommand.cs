using System.CommandLine;
using System.Globalization;

namespace ForensicHeads.Cli.Commands;

/// <summary><c>verify</c>: the evidence log of a folder and every file it names.</summary>
internal sealed class VerifyCommand : ICommandSource
{
    private const int FaultsSaid = 20;

    public CliCommand Create(CliContext context)
    {
        var folder = new Argument<string>("DIR")
        {
            Description = "A folder made by 'experiment run', 'demo', 'detect evaluate' or 'detect score --report'."
        };
        var head = Options.Optional<string?>("--head", "The head hash that was noted elsewhere when the folder was made.", "HASH");
        return new CliCommand("verify",
            "Checks that nobody changed a folder since it was written: reads its log line by line and every file it names, says what was "
            + "changed, removed, added or moved, and prints the head hash; exit code 1 if anything was.", "forensicheads verify out/demo")
        {
            folder, head,
        }.Runs(context, run =>
        {
            var at = run.Get(folder);
            if (!Directory.Exists(at)) throw new UserErrorException($"There is no folder {at}. Check the path.", exitCode: 2);
            var finding = EvidenceCheck.Of(at, Hash(run.Find(head)), run.Cancellation);
            foreach (var fault in finding.Faults.Take(FaultsSaid)) run.Say($"{fault.Sentence}.");
            if (finding.Faults.Count > FaultsSaid) run.Say(
                string.Create(CultureInfo.InvariantCulture, $"… and {finding.Faults.Count - FaultsSaid} more; --json lists all."));
            foreach (var cache in finding.RemovedCaches) run.Say($"{cache}/ was removed, a cache of finished steps; no result lies in it.");
            if (finding.Holds) run
                .Say(string
                .Create(CultureInfo.InvariantCulture, $"{at} is as it was written: {finding.Lines} lines, {finding.Files} files."));
            if (finding.Head is { } hash) run.Say($"head: {hash}");
            return new CommandOutcome(
                new
                {
                    holds = finding.Holds,
                    head = finding.Head,
                    lines = finding.Lines,
                    files = finding.Files,
                    faults = finding.Faults,
                    removed_caches = finding.RemovedCaches,
                },
                finding.Holds ? 0 : 1);
        });
    }

    private static string? Hash(string? given)
    {
        if (given is null) return null;
        var hash = given.Trim().ToLowerInvariant();
        return hash.Length == 64 && hash.All(char.IsAsciiHexDigitLower) ? hash
            : throw new UserErrorException($"--head is '{given}'; a head hash has 64 digits of 0-9 and a-f, as 'verify' prints it.",
            exitCode: 2);
    }
}
