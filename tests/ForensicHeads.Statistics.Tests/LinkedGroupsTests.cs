namespace ForensicHeads.Statistics.Tests;

public class LinkedGroupsTests
{
    [Fact]
    public void Whoever_a_chain_of_links_ties_together_is_one_group()
    {
        var groups = LinkedGroups.Of(
            [("d", "4"), ("b", "1"), ("a", "1"), ("c", "2"), ("e", "3"), ("a", "3"), ("c", "5"), ("f", "5"), ("f", "6"), ("e", "6")]);
        Assert.Equal([["a", "b", "c", "e", "f"], ["d"]], groups);
        Assert.Empty(LinkedGroups.Of([]));
    }
}
