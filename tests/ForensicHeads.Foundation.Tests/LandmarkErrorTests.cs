namespace ForensicHeads.Foundation.Tests;

public class LandmarkErrorTests
{
    // Outer eye corners 20 px apart, everything else at the origin.
    private static Landmarks68 Face(float moved = 0)
    {
        var points = new float[136];
        points[2 * 45] = 20;
        for (var i = 0; i < 34; i++) points[(2 * i) + 1] += moved;
        return new Landmarks68(points);
    }

    [Fact]
    public void Nme_is_the_mean_distance_of_the_points_over_the_distance_of_the_outer_eye_corners_of_the_truth()
    {
        // Half of the points are 4 px off: 2 px on average, over 20 px.
        Assert.Equal(0.1, LandmarkError.Of(Face(4), Face())!.Value, 1e-9);
        Assert.Equal(0, LandmarkError.Of(Face(), Face()));
        var shrunk = new Landmarks68([.. Face().Values.Select(value => value / 2)]);
        // One point (45) is 10 px off, over the truth's 20 px and not the found 10.
        Assert.Equal(10 / 68.0 / 20, LandmarkError.Of(shrunk, Face())!.Value, 1e-9);
        Assert.Null(LandmarkError.Of(Face(), new Landmarks68(new float[136])));
    }

    [Fact]
    public void A_failure_is_never_better_than_any_error()
    {
        foreach (double? error in new double?[] { 0, 0.05, 0.99, 1, 7.5 }) Assert.True(
            LandmarkError.OrWorst(null) >= LandmarkError.OrWorst(error));
        Assert.Equal(0.05, LandmarkError.OrWorst(0.05));
    }
}
