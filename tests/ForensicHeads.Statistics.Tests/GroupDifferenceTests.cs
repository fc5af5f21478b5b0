namespace ForensicHeads.Statistics.Tests;

public sealed class GroupDifferenceTests
{
    [Fact]
    public void The_interval_is_Welchs()
    {
        // By hand: standard error √(5.6875 / 12 + 3.7 / 20) = 0.81175, 5.2044 degrees of freedom, whose t is 2.54052 by Simpson's rule.
        var found = GroupDifference.Compare([1, 2, 4, 3.5], [0.5, 1.5, 0, 1, 2.5]).Difference;
        Assert.Equal(1.525, found.Value!.Value, 1e-12);
        Assert.Equal((-0.537296, 3.587296), (Math.Round(found.Low!.Value, 6), Math.Round(found.High!.Value, 6)));
    }

    [Fact]
    public void P_is_the_share_of_all_divisions_into_such_groups_counted_by_hand()
    {
        double[] own = [1, 2, 4, 3.5], others = [0.5, 1.5, 0, 1, 2.5];
        double[] all = [.. own, .. others];
        var observed = Math.Abs(own.Average() - others.Average()) - 1e-12;
        var (extreme, divisions) = (0, 0);
        for (var mask = 0; mask < 1 << all.Length; mask++)
        {
            if (System.Numerics.BitOperations.PopCount((uint)mask) != own.Length) continue;
            divisions++;
            double Mean(int side) => all.Where((_, i) => (mask >> i & 1) == side).Average();
            if (Math.Abs(Mean(1) - Mean(0)) >= observed) extreme++;
        }

        Assert.Equal((double)extreme / divisions, GroupDifference.Compare(own, others).P!.Value, 0.015);
    }

    [Fact]
    public void Two_people_against_many_prove_nothing_and_equal_people_have_no_interval()
    {
        var few = GroupDifference.Compare([0, 0], [1, 1, 1]);
        Assert.Null(few.Difference.Low);
        Assert.InRange(few.P!.Value, 0.09, 0.11);
        Assert.Equal(1, GroupDifference.Compare([1, 1], [1, 1]).P);
        Assert.Null(GroupDifference.Compare([], [1]).P);
    }
}
