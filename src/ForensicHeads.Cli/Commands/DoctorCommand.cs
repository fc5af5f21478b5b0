namespace ForensicHeads.Cli.Commands;

/// <summary><c>doctor</c>: whether this machine has what the tool needs.</summary>
internal sealed class DoctorCommand : ICommandSource
{
    public CliCommand Create(CliContext context)
    {
        var models = Options.Optional<string?>("--models", "Folder to look for the face models in first.", "DIR");
        return new CliCommand("doctor",
            "Checks what works on this machine: libraries, programs, models, devices and disk; exit code 1 if something needed is missing.",
            "forensicheads doctor") { models }.Runs(context, async run =>
        {
            var findings = await Checks.RunAsync(run.Find(models), run.Cancellation).ConfigureAwait(false);
            foreach (var finding in findings) run.Say($"{finding.State,-8} {finding.Name,-22} "
                + $"{finding.Detail}{(finding.Remedy.Length > 0 ? $"; to mend: {finding.Remedy}" : "")}");
            var missing = findings.Where(finding => !finding.Ok && finding.Needed).Select(finding => finding.Name).ToArray();
            if (missing.Length > 0) run.Warn($"needed and missing: {string.Join(", ", missing)}.");
            return new CommandOutcome(
                new
                {
                    ok = missing.Length == 0,
                    checks = findings.Select(finding =>
                        new
                        {
                            name = finding.Name,
                            state = finding.State,
                            needed = finding.Needed,
                            detail = finding.Detail,
                            remedy = finding.Remedy
                        }).ToArray()
                },
                missing.Length == 0 ? 0 : 1);
        });
    }
}
