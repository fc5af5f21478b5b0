using ForensicHeads.Testing;

namespace ForensicHeads.Reporting.Tests.Results;

public class ErrorRowTests
{
    [Fact]
    public void The_worst_error_of_each_person_comes_once_and_right_calls_anchors_and_other_arms_do_not_come()
    {
        ScoredItem[] items =
        [
            Item("a", "a0", false, 0.5), Item("a", "a1", false, 2), Item("b", "b0", false, 3), Item("c", "c0", false, -1),
            Item("a", "fa", true, -4, "ft", Arm.Updates), Item("a", "fb", true, -0.5, "ff"), Item("b", "fc", true, -6, "ff"),
                Item("c", "fd", true, 1, "ft", Arm.Updates),
            Item("d", "fe", true, -9, "ft", Arm.Epochs), Item("d", "ff", true, -9, "nearest-shot"),
                Item("e", "fg", true, -9, "ff") with { Level = Level.Video }, Item("e", "fh", true, -9, "ff") with { Condition = "clean" },
        ];
        var rows = ErrorRow.Of(items, "jpeg-50", Arm.Updates);
        Assert.Equal([("false_alarm", 1, "b0"), ("false_alarm", 2, "a1"), ("miss", 1, "fc"), ("miss", 2, "fa")],
            rows.Select(row => (row.Kind, row.Rank, row.Key)));
        Assert.Equal((Method.Ft, 8, -4.0), (rows[3].Mode, rows[3].Shots, rows[3].Score));
        Assert.Null(rows[0].Mode);
    }

    [Fact]
    public void At_most_six_people_a_kind_are_shown() =>
        Assert.Equal([2.0, 3, 4, 5, 6, 7],
            ErrorRow.Of([.. Enumerable.Range(0, 8).Select(i => Item($"p{i}", $"k{i}", false, i))], "jpeg-50", null).Select(row => row.Score)
            .Order());

    private static ScoredItem Item(string identity, string key, bool _, double score, string? mode = null, Arm? arm = null) => new()
    {
        Identity = identity,
        Video = "v",
        Key = key,
        Condition = "jpeg-50",
        Level = Level.Frame,
        Score = score,
        Origin = Origins.Of(mode, mode is null ? null : 8, arm),
    };
}
