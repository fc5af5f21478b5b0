namespace ForensicHeads.Generator.Tests.Heads;

public sealed class ShotConsistencyTests
{
    [Fact]
    public void The_two_least_alike_are_named_with_their_distance()
    {
        // Angles of 0, 30 and 90 degrees; lengths do not matter.
        float[][] vectors = [[2, 0], [0.866025f, 0.5f], [0, 3]];
        var found = ShotConsistency.Check(vectors, 0.4);
        Assert.Equal((0, 2), (found.First, found.Second));
        Assert.Equal(1, found.Distance, 1e-6);
        Assert.False(found.Holds);
        var error = Assert.Throws<UserErrorException>(() => found.Require(["a.png", "b.png", "c.png"], "--allow"));
        Assert.StartsWith("Shots 'a.png' and 'c.png' look like two people: their cosine distance is 1.00, and up to 0.40", error.Message,
            StringComparison.Ordinal);
        ShotConsistency.Check(vectors, 1.1).Require([], "--allow");
        Assert.True(ShotConsistency.Check(vectors[..2], 0.4).Holds);
        Assert.Equal(0.5, ShotConsistency.Check(vectors).Limit);
        Assert.Equal(1 - Math.Cos(Math.PI / 6), ShotConsistency.Check(vectors[..2], 0.4).Distance, 1e-5);
    }

    [Fact]
    public void One_vector_or_two_of_different_lengths_are_no_comparison()
    {
        Assert.Throws<ArgumentException>(() => ShotConsistency.Check([[1f, 0f]], 0.4));
        Assert.Throws<ArgumentException>(() => ShotConsistency.Check([[1f, 0f], [1f]], 0.4));
    }
}
