namespace ForensicHeads.Foundation.Tests;

public class ConvexHullTests
{
    [Fact]
    public void Points_inside_and_on_the_edges_are_no_corners()
    {
        var hull = ConvexHull.Of([(1, 1), (5, 1), (3, 1), (5, 4), (1, 4), (3, 3), (1, 2), (5, 4)]);
        Assert.Equal([(1, 1), (1, 4), (5, 1), (5, 4)], hull.Corners.Order());
    }

    [Fact]
    public void A_pixel_is_inside_when_its_centre_is_in_the_hull_or_on_its_edge()
    {
        var inside = ConvexHull.Of([(1, 0), (3, 2), (1, 4)]).Inside(5, 5);
        string[] rows = [.. inside.Chunk(5).Select(row => string.Concat(row.Select(pixel => pixel ? '#' : '.')))];
        Assert.Equal([".#...", ".##..", ".###.", ".##..", ".#..."], rows);
    }

    [Fact]
    public void What_reaches_over_the_picture_is_cut_off_and_a_line_or_nothing_holds_no_pixel()
    {
        Assert.All(ConvexHull.Of([(-9, -9), (20, -9), (-9, 20), (20, 20)]).Inside(4, 3), Assert.True);
        Assert.DoesNotContain(true, ConvexHull.Of([(0, 0), (3, 3), (1, 1)]).Inside(4, 4));
        Assert.DoesNotContain(true, ConvexHull.Of([]).Inside(2, 2));
    }
}
