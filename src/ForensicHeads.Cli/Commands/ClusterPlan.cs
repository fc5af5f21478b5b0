using System.CommandLine;

namespace ForensicHeads.Cli.Commands;

/// <summary><c>cluster plan</c>: one of the ordinary commands, with its own arguments, divided into tasks.</summary>
internal sealed class ClusterPlan : ICommandSource
{
    private const string Shards = "--shards";
    private const string Out = "--out";
    private const string Result = "--result";
    private const string Site = "--site";
    private const string Seed = "--seed";

    // What the plan itself says of each task.
    private static readonly string[] Own =
        [Out, "--shard", "--resume", "--runs", "--run-name", "--dry-run", "--measure-steps", "--help", "--help-all"];

    public CliCommand Create(CliContext context)
    {
        var group = new CliCommand("plan", "Writes a plan: numbered tasks, and scripts for Slurm.",
            "forensicheads cluster plan ingest data/videos --shards 8 --out plans/real");
        group.Add(Of(context, PlannedWork.Ingest, new IngestCommand().Create(context), "an ingest among tasks: by file",
            "data/videos --size 256 --shards 8 --out plans/real --result data/real"));
        group.Add(Of(context, PlannedWork.Fakes, new DatasetsFakes().Create(context), "fakes among tasks: by person",
            "data/real --shots 1 8 --shards 8 --out plans/fakes --result data/fakes"));
        group.Add(Of(context, PlannedWork.Experiment,
            (CliCommand)new ExperimentCommand().Create(context).Subcommands.Single(command => command.Name == "run"),
            "an experiment among tasks: its heads, by fold, generator and person",
            "datasets/real-video/real.json --store data/real --shards 8 --out plans/exp --result out/exp"));
        group.Add(Of(context, PlannedWork.Train, new TrainCommand().Create(context), "trainings among tasks: by seed",
            "--data data/heads --preset heads-64 --shards 3 --out plans/seeds --result runs/seeds"));
        return group;
    }

    private static CliCommand Of(CliContext context, PlannedWork work, CliCommand ordinary, string what, string example)
    {
        var shards = Options.Required<int>(Shards, work == PlannedWork.Train
            ? "Number of trainings: the seeds are --seed and those after it." : "Number of tasks.", "N");
        var to = Options.Required<string>(Out, "The folder of the plan.", "PLAN");
        var result = Options.Optional<string?>(Result,
            work == PlannedWork.Train ? "The folder in which the merge puts the trainings; default: result/ in the plan."
            : "What the merge makes, the --out of the ordinary command; default: result/ in the plan.", "PATH");
        var site = Options.Optional<string?>(Site,
            "A JSON file of what the jobs need: partition, account, time, cpus, memory, at_once, sbatch, lines, command.", "FILE.json");
        var name = work.ToString().ToLowerInvariant();
        var command = new CliCommand(name, $"Divides {what}; takes the options of '{string.Join(' ', WorkPlan.CommandOf(work))}'.",
            $"forensicheads cluster plan {name} {example}");
        foreach (var argument in ordinary.Arguments) command.Add(argument);
        foreach (var option in ordinary.Options.Where(option => !Own.Contains(option.Name))) command.Add(option);
        Option[] added = [shards, to, result, site];
        foreach (var option in added) command.Add(option);
        if (ordinary.Common.Count > 0)
            command.Shows([.. ordinary.Common.Where(option => !Own.Contains(option)), .. added.Select(option => option.Name)]);
        var seed = work == PlannedWork.Train ? (Option<long>)command.Options.Single(option => option.Name == Seed) : null;
        return command.Runs(context, async run =>
        {
            var plan = new WorkPlan
            {
                Work = work,
                Arguments = run.WordsWithout(seed is null ? [Shards, Out, Result, Site] : [Shards, Out, Result, Site, Seed]),
                Tasks = run.Get(shards),
                FirstSeed = seed is null ? null : run.Get(seed),
                InputsSha256 = "",
                Folder = Environment.CurrentDirectory,
                Result = run.Find(result),
                ToolVersion = CliContext.ToolVersion,
            }.Validated();
            var needs = run.Find(site) is { } file ? PlanSite.Read(file) : new PlanSite();
            // The command itself looks at its options and inputs, so that a slip is found now and not by a thousand tasks.
            var inputs = "";
            await OrdinaryCommand.SucceedAsync(run.Context, plan.InputWords(), new WorkShare { Inputs = hash => inputs = hash },
                run.Cancellation).ConfigureAwait(false);
            var folder = PlanFolder.Create(run.Get(to), plan with { InputsSha256 = inputs }, needs, OrdinaryCommand.Program);
            run.Say(FormattableString.Invariant($"{plan.Tasks} tasks: {folder.Path}"));
            run.Say($"on Slurm: ./{CommandLine.Name} cluster retry {run.Get(to)}");
            run.Say($"on this machine: ./{CommandLine.Name} cluster run {run.Get(to)} --all");
            return new CommandOutcome(new { plan = folder.Path, tasks = plan.Tasks, result = folder.Result });
        });
    }
}
