using ForensicHeads.Foundation;
using ForensicHeads.Reporting.Statistics;

namespace ForensicHeads.Reporting.Tests.Statistics;

public class FaceMeasureTests
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
        foreach (double? error in new double?[] { 0, 0.05, 0.99, 1, 7.5 }) Assert.True(LandmarkError.OrWorst(null) >= LandmarkError.OrWorst(error));
        Assert.Equal(0.05, LandmarkError.OrWorst(0.05));
    }

    [Fact]
    public void A_gallery_compares_with_mean_vectors_and_a_tie_finds_nobody()
    {
        var gallery = new IdentityGallery(new Dictionary<string, IReadOnlyList<float[]>> { ["a"] = [[1, 0], [0, 1]], ["b"] = [[1, 0]], ["nobody"] = [] });
        Assert.Equal(2, gallery.Count);
        Assert.Equal(Math.Sqrt(0.5), gallery.Similarity("a", [2, 0])!.Value, 1e-12);
        Assert.Equal(1, gallery.Similarity("b", [2, 0])!.Value, 1e-12);
        Assert.False(gallery.Finds("a", [2, 0]));
        Assert.True(gallery.Finds("a", [0, 1]));
        Assert.True(gallery.Finds("b", [1, -1]));
        Assert.Null(gallery.Finds("nobody", [1, 0]));
        Assert.False(new IdentityGallery(new Dictionary<string, IReadOnlyList<float[]>> { ["a"] = [[1, 0]], ["b"] = [[1, 0]] }).Finds("a", [1, 0]));
        Assert.Equal(0, gallery.Similarity("a", [0, 0]));
        Assert.Throws<ArgumentException>(() => gallery.Similarity("a", [1, 0, 0]));
    }

    [Fact]
    public void The_paired_ratio_and_its_jackknife_on_the_log_scale_equal_numpys()
    {
        double[] first = [0.031, 0.052, 0.04, 0.027, 0.061, 0.038], second = [0.066, 0.071, 0.059, 0.049, 0.08, 0.033];
        var ratio = PairedRatio.Of([.. first.Zip(second)]);
        Assert.Equal(0.695530726257, ratio.Value!.Value, 1e-9);
        Assert.Equal(0.539030096914, ratio.Low!.Value, 1e-9);
        Assert.Equal(0.897469350853, ratio.High!.Value, 1e-9);
        Assert.Equal(new Estimate(0.5, 0.5, 0.5, 2), PairedRatio.Of([(1, 2), (2, 4)]));
        Assert.Null(PairedRatio.Of([(1, 0)]).Value);
        Assert.Null(PairedRatio.Of([(1, 2)]).Low);
    }
}
