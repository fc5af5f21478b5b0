using System.Numerics;

namespace ForensicHeads.Datasets.Procedural;

/// <summary>A strip that starts at an edge of the moving head: lashes, the rims of lids, the inside of lips.</summary>
internal sealed class Fringe
{
    private readonly int[] edge;
    private readonly Vector3[] open;
    private readonly Vector3[] shut;

    /// <summary>Makes a strip.</summary>
    /// <param name="edge">The head's vertices along it.</param>
    /// <param name="surface">What it is made of; texture height 0 is at the edge.</param>
    /// <param name="reach">Where the strip ends, from an edge point at −1 … 1 along it, for open and for shut eyes.</param>
    public Fringe(int[] edge, Surface surface, Func<float, (Vector3 Open, Vector3 Shut)> reach)
    {
        this.edge = edge;
        Surface = surface;
        var last = edge.Length - 1f;
        var ends = edge.Select((_, i) => reach((2 * i / last) - 1)).ToArray();
        (open, shut) = ([.. ends.Select(end => end.Open)], [.. ends.Select(end => end.Shut)]);
        Mesh = Mesh.Grid(2, edge.Length, (r, c) => (Vector3.Zero, new Vector2(c / last, r)));
    }

    public Surface Surface { get; }

    /// <summary>Its texture coordinates and triangles.</summary>
    public Mesh Mesh { get; }

    /// <summary>Where it lies on a head that moves but does not turn.</summary>
    public Vector3[] Place(ReadOnlySpan<Vector3> head, float closed)
    {
        var points = new Vector3[2 * edge.Length];
        for (var i = 0; i < edge.Length; i++)
        {
            points[i] = head[edge[i]];
            points[edge.Length + i] = head[edge[i]] + Vector3.Lerp(open[i], shut[i], closed);
        }

        return points;
    }
}
