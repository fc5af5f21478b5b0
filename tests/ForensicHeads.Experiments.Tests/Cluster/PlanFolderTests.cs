namespace ForensicHeads.Experiments.Tests.Cluster;

public sealed class PlanFolderTests : IDisposable
{
    private const string Version = "1.0.0";
    private static readonly Dictionary<int, bool> NoQueue = [];

    private readonly TestFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private WorkPlan Plan => new()
    {
        Work = PlannedWork.Ingest,
        Arguments = ["videos"],
        Tasks = 4,
        InputsSha256 = "abc",
        Folder = folder.Path,
        ToolVersion = Version,
    };

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_plan_is_written_again_as_it_is_and_never_over_anything_else()
    {
        Make();
        var bytes = Directory.GetFiles(folder["plan"]).Order().Select(Hashes.OfFile).ToArray();
        Make();
        Assert.Equal(bytes, Directory.GetFiles(folder["plan"]).Order().Select(Hashes.OfFile));
        Assert.EndsWith("holds another plan. Choose another --out, or remove the folder first.",
            Assert.Throws<UserErrorException>(() => Make(Plan with { Tasks = 5 })).Message, StringComparison.Ordinal);
        Directory.CreateDirectory(folder["full"]);
        folder.Write("full/note.txt", "mine");
        Assert.Contains("is not empty and holds no plan", Assert.Throws<UserErrorException>(() =>
            PlanFolder.Create(folder["full"], Plan, new PlanSite(), ["x"])).Message, StringComparison.Ordinal);
        Assert.Contains("holds no plan.json", Assert.Throws<UserErrorException>(() => PlanFolder.Open(folder["full"])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_scripts_hold_what_the_site_needs()
    {
        var site = PlanSite.Read(folder.Write("site.json", """
            { "partition": "cpu", "time": "2:00:00", "cpus": 4, "memory": "8G", "at_once": 50, "sbatch": ["--gres=gpu:1"],
              "lines": ["module load ffmpeg"], "command": "apptainer exec tools.sif forensicheads" }
            """));
        var made = PlanFolder.Create(folder["it's a plan"], Plan with { Tasks = 3000 }, site, ["/bin/fh"]);
        Assert.Equal($"""
            #!/bin/bash
            #SBATCH --job-name={made.Plan.JobName()}-0
            #SBATCH --output="{made.Path}/logs/%A_%a.out"
            #SBATCH --open-mode=append
            #SBATCH --array=1-1000%50
            #SBATCH --requeue
            #SBATCH --partition=cpu
            #SBATCH --time=2:00:00
            #SBATCH --cpus-per-task=4
            #SBATCH --mem=8G
            #SBATCH --gres=gpu:1
            module load ffmpeg
            cd '{folder.Path}' || exit 1
            exec apptainer exec tools.sif forensicheads cluster run '{folder.Path}/it'\''s a plan' --task "{Index}"

            """, File.ReadAllText(made.ArrayScript));
        Assert.EndsWith($"cluster merge '{folder.Path}/it'\\''s a plan'\n", File.ReadAllText(made.MergeScript), StringComparison.Ordinal);
        Assert.Equal(50, made.AtOnce);
    }

    [Theory]
    [InlineData("""{ "cpus": 0 }""", "cpus is 0; allowed is 1 or more.")]
    [InlineData("""{ "lines": ["a\nb"] }""", "has more than one line")]
    [InlineData("""{ "queue": "x" }""", "is not a valid plan site file")]
    public void A_site_file_with_a_slip_is_refused(string text, string says) => Assert.Contains(says,
        Assert.Throws<UserErrorException>(() => PlanSite.Read(folder.Write("site.json", text))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_task_is_done_only_once_its_completion_file_is_there()
    {
        var plan = Make();
        // Everything is made, and the power fails before the completion file.
        await Assert.ThrowsAsync<InvalidOperationException>(() => Run(plan, 2, () => throw new InvalidOperationException("cut")));
        Assert.True(File.Exists(Path.Combine(plan.OutOf(2), "made.txt")));
        Assert.Equal((TaskState.Failed, $"ended without a word on {Environment.MachineName}: killed, or out of memory or time", 1),
            State(plan, 2));
        Assert.Null(await Run(plan, 2, () => 0));
        Assert.Equal((TaskState.Done, null, 0), State(plan, 2));
        Assert.Equal(["000002.json"], Directory.GetFiles(folder["plan/done"]).Select(Path.GetFileName));
        // A second time nothing is done.
        Assert.Null(await Run(plan, 2, () => throw new InvalidOperationException("it ran again")));
    }

    [Fact]
    public async Task What_failed_is_named_with_its_last_line_until_it_is_done()
    {
        var plan = Make();
        Assert.Equal("the disk is full", await Run(plan, 3, () => 1, "the disk is full"));
        Assert.Equal("the disk is full still", await Run(plan, 3, () => 1, "the disk is full still"));
        Assert.Equal((TaskState.Failed, "the disk is full still", 2), State(plan, 3));
        // 3: done, but some inputs were rejected.
        Assert.Null(await Run(plan, 3, () => 3));
        Assert.Equal((TaskState.Done, null, 0), State(plan, 3));
        Assert.Equal([TaskState.Missing, TaskState.Missing, TaskState.Done, TaskState.Missing],
            plan.Report(NoQueue).Select(task => task.State));
    }

    [Fact]
    public async Task A_task_that_runs_is_seen_and_not_begun_twice()
    {
        var plan = Make();
        await Run(plan, 1, () =>
        {
            Assert.Equal((TaskState.Running, null, 0), State(plan, 1));
            var error = Assert.Throws<UserErrorException>(() => Run(plan, 1, () => 0).GetAwaiter().GetResult());
            Assert.StartsWith("Another process does task 1 of ", error.Message, StringComparison.Ordinal);
            return 0;
        });
        var queue = new Dictionary<int, bool> { [1] = true, [2] = true, [3] = false };
        Assert.Equal([TaskState.Done, TaskState.Running, TaskState.Waiting, TaskState.Missing],
            plan.Report(queue).Select(task => task.State));
    }

    [Fact]
    public async Task Other_inputs_or_another_version_than_the_plans_stop_a_task()
    {
        var plan = Make();
        Assert.Equal("the inputs are not as they were when the plan was made; make the plan again", await Run(plan, 1, () => 0, "", "abd"));
        var other = new TaskRun(plan, "2.0.0", (_, _, _) => throw new InvalidOperationException("it ran"));
        Assert.StartsWith("the plan was made by version 1.0.0, and this is 2.0.0", await other.RunAsync(1, Cancellation),
            StringComparison.Ordinal);
        Assert.Equal("There is no task 5 in " + plan.Path + "; it has 1 … 4.",
            (await Assert.ThrowsAsync<UserErrorException>(() => Run(plan, 5, () => 0))).Message);
    }

    [Fact]
    public async Task A_merge_takes_no_gap_and_nothing_that_was_changed_since()
    {
        var plan = Make();
        foreach (var task in new[] { 1, 2, 4 }) await Run(plan, task, () => 0);
        var merge = new PlanMerge(plan);
        Assert.StartsWith($"1 of 4 tasks of {plan.Path} are not done: 3. ", Refused(merge), StringComparison.Ordinal);
        Assert.Equal([plan.OutOf(1), plan.OutOf(2), null, plan.OutOf(4)], merge.Check(allowGaps: true, null, Cancellation));
        File.AppendAllText(Path.Combine(plan.OutOf(2), "made.txt"), "!");
        File.WriteAllText(folder["plan/done/000004.json"], "{");
        Assert.StartsWith($"3 of 4 tasks of {plan.Path} are not done: 2-4. ", Refused(merge), StringComparison.Ordinal);
        Assert.Equal((TaskState.Failed, "it has to be done again: out/made.txt is not as it was when the task ended", 1), State(plan, 2));
        foreach (var task in new[] { 2, 3, 4 }) await Run(plan, task, () => 0);
        Assert.DoesNotContain(null, merge.Check(allowGaps: false, null, Cancellation));
    }

    [Fact]
    public void Where_nothing_is_done_there_is_nothing_to_merge() => Assert.Contains("there is nothing to merge",
        Assert.Throws<UserErrorException>(() => new PlanMerge(Make()).Check(allowGaps: true, null, Cancellation)).Message,
        StringComparison.Ordinal);

    private const string Index = "$((SLURM_ARRAY_TASK_ID + ${1:-0}))";

    private static string Refused(PlanMerge merge) =>
        Assert.Throws<UserErrorException>(() => merge.Check(allowGaps: false, null, Cancellation)).Message;

    private static (TaskState, string?, int) State(PlanFolder plan, int task)
    {
        var report = plan.Report(NoQueue)[task - 1];
        return (report.State, report.Line, report.Attempts);
    }

    private PlanFolder Make(WorkPlan? plan = null) => PlanFolder.Create(folder["plan"], plan ?? Plan, new PlanSite(), ["fh"]);

    // A command that writes a file where it is told to, then ends in some way.
    private static Task<string?> Run(PlanFolder plan, int task, Func<int> end, string line = "", string inputs = "abc") =>
        new TaskRun(plan, Version, (words, share, _) =>
        {
            if (share.Inputs is { } take)
            {
                take(inputs);
                return Task.FromResult(new CommandEnd(0, ""));
            }

            Assert.Equal(new WorkPart(task, 4), share.Part);
            Assert.Equal(["ingest", "videos", "--out", plan.OutOf(task)], words);
            Directory.CreateDirectory(plan.OutOf(task));
            File.WriteAllText(Path.Combine(plan.OutOf(task), "made.txt"), $"by task {task}");
            return Task.FromResult(new CommandEnd(end(), line));
        }).RunAsync(task, Cancellation);
}
