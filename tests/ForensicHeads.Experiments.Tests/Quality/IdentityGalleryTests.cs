namespace ForensicHeads.Experiments.Tests.Quality;

public class IdentityGalleryTests
{
    [Fact]
    public void A_gallery_compares_with_mean_vectors_and_a_tie_finds_nobody()
    {
        var gallery = new IdentityGallery(new Dictionary<string, IReadOnlyList<float[]>>
        {
            ["a"] = [[1, 0], [0, 1]],
            ["b"] = [[1, 0]],
            ["nobody"] = []
        });
        Assert.Equal(2, gallery.Count);
        Assert.Equal(Math.Sqrt(0.5), gallery.Similarity("a", [2, 0])!.Value, 1e-12);
        Assert.Equal(1, gallery.Similarity("b", [2, 0])!.Value, 1e-12);
        Assert.False(gallery.Finds("a", [2, 0]));
        Assert.True(gallery.Finds("a", [0, 1]));
        Assert.True(gallery.Finds("b", [1, -1]));
        Assert.Null(gallery.Finds("nobody", [1, 0]));
        Assert.False(new IdentityGallery(new Dictionary<string, IReadOnlyList<float[]>> { ["a"] = [[1, 0]], ["b"] = [[1, 0]] })
            .Finds("a", [1, 0]));
        Assert.Equal(0, gallery.Similarity("a", [0, 0]));
        Assert.Throws<ArgumentException>(() => gallery.Similarity("a", [1, 0, 0]));
    }
}
