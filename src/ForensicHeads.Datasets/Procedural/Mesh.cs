using System.Numerics;

namespace ForensicHeads.Datasets.Procedural;

/// <summary>A triangle mesh in head units with texture coordinates 0 … 1.</summary>
/// <param name="Positions">Vertex positions.</param>
/// <param name="Uv">Texture coordinate per vertex.</param>
/// <param name="Triangles">Three vertex numbers a triangle, counter-clockwise seen from outside.</param>
internal sealed record Mesh(Vector3[] Positions, Vector2[] Uv, int[] Triangles)
{
    /// <summary>A grid of <paramref name="rows"/> × <paramref name="columns"/> vertices (row 0 on top), quads split into two
    /// triangles.</summary>
    public static Mesh Grid(int rows, int columns, Func<int, int, (Vector3 Position, Vector2 Uv)> at, Func<int, bool>? skipBelowRow = null)
    {
        var positions = new Vector3[rows * columns];
        var uv = new Vector2[rows * columns];
        var triangles = new List<int>(rows * columns * 6);
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < columns; c++)
            {
                var i = (r * columns) + c;
                (positions[i], uv[i]) = at(r, c);
                if (r + 1 == rows || c + 1 == columns || skipBelowRow?.Invoke(r) == true) continue;
                triangles.AddRange([i, i + columns, i + 1, i + 1, i + columns, i + columns + 1]);
            }
        }

        return new Mesh(positions, uv, [.. triangles]);
    }

    /// <summary>Several meshes as one, sharing a texture.</summary>
    public static Mesh Join(params ReadOnlySpan<Mesh> meshes)
    {
        var positions = new List<Vector3>();
        var uv = new List<Vector2>();
        var triangles = new List<int>();
        foreach (var mesh in meshes)
        {
            var first = positions.Count;
            positions.AddRange(mesh.Positions);
            uv.AddRange(mesh.Uv);
            triangles.AddRange(mesh.Triangles.Select(i => i + first));
        }

        return new Mesh([.. positions], [.. uv], [.. triangles]);
    }

    /// <summary>Only the triangles of which a corner or the middle lies where the texture is needed.</summary>
    public Mesh Where(Func<Vector2, bool> needed) => this with
    {
        Triangles = [.. Triangles.Chunk(3).Where(t => t.Any(i => needed(Uv[i])) || needed((Uv[t[0]] + Uv[t[1]] + Uv[t[2]]) / 3))
            .SelectMany(t => t)],
    };

    /// <summary>Area-weighted vertex normals of <paramref name="positions"/>, which stand for this mesh's own.</summary>
    public void Normals(ReadOnlySpan<Vector3> positions, Span<Vector3> normals)
    {
        normals[..Positions.Length].Clear();
        for (var k = 0; k < Triangles.Length; k += 3)
        {
            var (a, b, c) = (Triangles[k], Triangles[k + 1], Triangles[k + 2]);
            var normal = Vector3.Cross(positions[b] - positions[a], positions[c] - positions[a]);
            normals[a] += normal;
            normals[b] += normal;
            normals[c] += normal;
        }

        for (var i = 0; i < Positions.Length; i++) normals[i] /= MathF.Max(normals[i].Length(), 1e-12f);
    }
}
