using System.Numerics;

namespace ForensicHeads.Datasets.Procedural;

/// <summary>The average face of the renderer's people, with open eyes and closed mouth: a depth for the 68 points of any face.</summary>
public static class MeanFace
{
    private const int People = 24;
    private const string Stream = "procedural/mean-face";
    private static readonly Lazy<Vector3[]> Mean = new(Average);

    /// <summary>The 68 iBUG points in head units: x to the right of the picture, y up, z towards the viewer. Looks straight ahead and is
    /// symmetric.</summary>
    public static IReadOnlyList<Vector3> Points => Mean.Value;

    private static Vector3[] Average()
    {
        var sum = new Vector3[Landmarks68.Count];
        var random = new SeededRandom(1, Stream);
        for (var person = 0; person < People; person++)
        {
            var mesh = new HeadMesh(new FaceShape(HeadTraits.Create(random)));
            var points = new Vector3[mesh.PointCount];
            mesh.Deform(default, points);
            for (var i = 0; i < sum.Length; i++) sum[i] += points[mesh.Mesh.Positions.Length + i] / People;
        }

        return sum;
    }
}
