using System.Collections.Concurrent;

namespace ForensicHeads.Detector.Features;

/// <summary>Where parts of a head lie in a crop, by the rule by which crops are cut (chin to brows 0.55 of the height, its middle at
/// 0.56).</summary>
/// <remarks>A pixel belongs to a region by its centre, in shares of the side: face, the ellipse about (0.5, 0.56) with half-axes 0.22 and
/// 0.29; eyes, 0.28 … 0.72 by 0.30 … 0.45; mouth, 0.36 … 0.64 by 0.62 … 0.80; background, above 0.6 and less than 0.15 from a
/// side.</remarks>
internal sealed class CropRegions
{
    /// <summary>Names in the order of <see cref="Pixels"/>.</summary>
    public static IReadOnlyList<string> Names { get; } = ["face", "eyes", "mouth", "background"];

    /// <summary>Side of the blocks in pixels.</summary>
    public const int Block = 8;

    private static readonly ConcurrentDictionary<int, CropRegions> Made = new();

    private CropRegions(int side)
    {
        Pixels = [.. Names.Select((_, region) => Enumerable.Range(0, side * side)
            .Where(i => Holds(region, ((i % side) + 0.5) / side, ((i / side) + 0.5) / side)).ToArray())];
        Blocks = [.. Names.Select((_, region) => Enumerable.Range(0, (side / Block) * (side / Block))
            .Select(b => (Top: Block * (b / (side / Block)), Left: Block * (b % (side / Block))))
            .Where(block => Enumerable.Range(0, Block * Block).All(i => Holds(region,
                (block.Left + (i % Block) + 0.5) / side, (block.Top + (i / Block) + 0.5) / side)))
            .Select(block => (block.Top * side) + block.Left).ToArray())];
    }

    /// <summary>Places (row by row) of each region's pixels.</summary>
    public IReadOnlyList<int[]> Pixels { get; }

    /// <summary>Places of the first pixel of each region's whole blocks of the grid of 8×8.</summary>
    public IReadOnlyList<int[]> Blocks { get; }

    /// <summary>Those of a side.</summary>
    public static CropRegions Of(int side) => Made.GetOrAdd(side, one => new CropRegions(one));

    private static bool Holds(int region, double x, double y) => region switch
    {
        0 => Square((x - 0.5) / 0.22) + Square((y - 0.56) / 0.29) <= 1,
        1 => x is >= 0.28 and < 0.72 && y is >= 0.30 and < 0.45,
        2 => x is >= 0.36 and < 0.64 && y is >= 0.62 and < 0.80,
        _ => y < 0.6 && x is < 0.15 or >= 0.85,
    };

    private static double Square(double value) => value * value;
}
