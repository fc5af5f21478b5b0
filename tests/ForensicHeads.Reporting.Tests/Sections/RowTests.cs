namespace ForensicHeads.Reporting.Tests.Sections;

public sealed class RowTests
{
    private static readonly ScoredItem[] Items = [.. Sample.Items(6, 6, "clean")];

    [Fact]
    public void Thirds_are_cut_at_one_pair_of_distances_for_all_shot_counts_of_a_mode()
    {
        var distances = Items.Where(item => item.Mode == Method.Ft)
            .ToDictionary(item => item.Key, item => (float)((2 * item.Position) + (item.Shots == 32 ? 1 : 0)));
        var rows = TercileRow.Of(Items, "clean", distances);
        Assert.Equal([(1, 1), (1, 2), (1, 3), (8, 1), (8, 2), (8, 3), (32, 1), (32, 2), (32, 3)],
            rows.Select(row => (row.Shots, row.Tercile)));
        Assert.All(rows, row => Assert.Equal((Method.Ft, Arm.Epochs, 6), (row.Mode, row.Arm, row.NIdentities)));
        for (var third = 1; third < 3; third++)
            Assert.True(rows.Where(row => row.Tercile == third).Max(row => row.DistanceTo) < rows.Where(row => row.Tercile == third + 1)
                .Min(row => row.DistanceFrom));
        Assert.Empty(TercileRow.Of(Items, "h264-crf23", distances));
    }

    [Fact]
    public void False_alarms_are_counted_by_the_attribute_of_those_people_who_have_one()
    {
        var glasses = Enumerable.Range(0, 5).ToDictionary(
            i => $"p{i:00}", i =>
                (IReadOnlyDictionary<string, string>)new Dictionary<string, string> { ["glasses"] = i < 2 ? "yes" : "no" });
        var rows = GroupRow.Of(Items, "clean", glasses);
        Assert.Equal([("no", 3), ("yes", 2)], rows.Select(row => (row.Value, row.NIdentities)));
        var real = Items.Where(item => !item.Generated && item.Identity is "p00" or "p01" && !item.Generated).ToArray();
        Assert.Equal(real.Average(item => item.Score <= 0 ? 1.0 : 0), rows[1].Tnr!.Value, 1e-12);
        Assert.Equal(rows[0].Difference!.Value, -rows[1].Difference!.Value, 1e-12);
        Assert.Equal(rows[0].P, rows[0].PHolm);
        Assert.Null(rows[1].PHolm);
        Assert.Empty(GroupRow.Of(Items, "clean", new Dictionary<string, IReadOnlyDictionary<string, string>>()));
    }
}
