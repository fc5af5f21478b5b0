namespace ForensicHeads.Experiments.Tests.Cluster;

public class WorkPlanTests
{
    private static readonly WorkPlan Plan = new()
    {
        Work = PlannedWork.Ingest,
        Arguments = ["videos", "--size", "96"],
        Tasks = 4,
        InputsSha256 = "abc",
        Folder = "/data",
        ToolVersion = "1.0.0",
    };

    [Fact]
    public void A_task_is_the_ordinary_command_with_a_place_of_its_own() =>
        Assert.Equal("ingest videos --size 96 --out /plan/3", string.Join(' ', Plan.TaskWords(3, "/plan/3")));

    [Fact]
    public void A_training_has_the_seed_of_its_number()
    {
        var plan = Plan with { Work = PlannedWork.Train, Arguments = ["--data", "heads"], FirstSeed = 7 };
        Assert.Equal("train --data heads --seed 9 --out run --resume", string.Join(' ', plan.TaskWords(3, "run", "--resume")));
    }

    [Fact]
    public void What_follows_two_dashes_stays_behind_the_options() => Assert.Equal("ingest --size 96 --out x -- -videos",
        string.Join(' ', (Plan with { Arguments = ["--size", "96", "--", "-videos"] }).WholeWords("x")));

    [Fact]
    public void Equal_plans_are_equal_bytes_and_any_change_is_another_plan()
    {
        Assert.Equal(CanonicalJson.ToText(Plan), CanonicalJson.ToText(Plan with { Arguments = ["videos", "--size", "96"] }));
        WorkPlan[] others = [Plan with { Tasks = 5 }, Plan with { InputsSha256 = "abd" }, Plan with { Arguments = ["videos"] }];
        Assert.Equal(4, others.Append(Plan).Select(plan => plan.Hash()).Distinct().Count());
        Assert.StartsWith("fh-", Plan.JobName(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4_000_002)]
    public void A_number_of_tasks_outside_the_range_is_refused(int tasks) => Assert.Equal(
        $"--shards is {tasks}; allowed is 1 … 4000001.",
        Assert.Throws<UserErrorException>(() => (Plan with { Tasks = tasks }).Validated()).Message);

    [Fact]
    public void The_items_of_a_list_are_dealt_out_once()
    {
        var parts = Enumerable.Range(1, 3).Select(i => Enumerable.Range(0, 8).Where(new WorkPart(i, 3).Takes).ToArray()).ToArray();
        Assert.Equal(Enumerable.Range(0, 8), parts.SelectMany(part => part).Order());
        Assert.Equal([3, 3, 2], parts.Select(part => part.Length));
    }
}
