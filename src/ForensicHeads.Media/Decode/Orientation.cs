namespace ForensicHeads.Media.Decode;

/// <summary>How a stored picture must be turned and mirrored to stand upright. The values are those of EXIF's tag 0x0112 and name what is
/// done to the stored picture.</summary>
internal enum Orientation
{
    /// <summary>Nothing.</summary>
    Upright = 1,

    /// <summary>Left and right change places.</summary>
    Mirror = 2,

    /// <summary>Half a turn.</summary>
    HalfTurn = 3,

    /// <summary>Top and bottom change places.</summary>
    Flip = 4,

    /// <summary>Rows become columns.</summary>
    Transpose = 5,

    /// <summary>A quarter turn clockwise.</summary>
    Clockwise = 6,

    /// <summary>Rows become columns, about the other diagonal.</summary>
    Transverse = 7,

    /// <summary>A quarter turn counter-clockwise.</summary>
    Counterclockwise = 8,
}

/// <summary>What orientations mean, and where they come from.</summary>
internal static class Orientations
{
    /// <summary>Whether width and height change places.</summary>
    internal static bool Swaps(this Orientation orientation) => orientation >= Orientation.Transpose;

    /// <summary>Whether the picture is mirrored.</summary>
    internal static bool IsMirrored(this Orientation orientation) =>
        orientation is Orientation.Mirror or Orientation.Flip or Orientation.Transpose or Orientation.Transverse;

    /// <summary>Degrees clockwise, after a mirroring of left and right where there is one.</summary>
    internal static int Degrees(this Orientation orientation) => orientation switch
    {
        Orientation.HalfTurn or Orientation.Flip => 180,
        Orientation.Clockwise or Orientation.Transverse => 90,
        Orientation.Counterclockwise or Orientation.Transpose => 270,
        _ => 0,
    };

    /// <summary>ffmpeg's filters for it, in order.</summary>
    internal static IEnumerable<string> Filters(this Orientation orientation) => orientation switch
    {
        Orientation.Mirror => ["hflip"],
        Orientation.HalfTurn => ["hflip", "vflip"],
        Orientation.Flip => ["vflip"],
        Orientation.Transpose => ["transpose=cclock_flip"],
        Orientation.Clockwise => ["transpose=clock"],
        Orientation.Transverse => ["transpose=clock_flip"],
        Orientation.Counterclockwise => ["transpose=cclock"],
        _ => [],
    };

    /// <summary>From EXIF's number; others than 1 … 8 mean nothing.</summary>
    internal static Orientation OfExif(int value) => value is >= 1 and <= 8 ? (Orientation)value : Orientation.Upright;

    /// <summary>From degrees clockwise, to the nearest quarter turn.</summary>
    internal static Orientation OfDegrees(double clockwise) => ((((int)Math.Round(clockwise / 90) % 4) + 4) % 4) switch
    {
        1 => Orientation.Clockwise,
        2 => Orientation.HalfTurn,
        3 => Orientation.Counterclockwise,
        _ => Orientation.Upright,
    };

    /// <summary>From a display matrix (x' = a·x + c·y, y' = b·x + d·y), to the nearest quarter turn.</summary>
    internal static Orientation OfMatrix(double a, double b, double c, double d) =>
        Math.Abs(a) + Math.Abs(d) >= Math.Abs(b) + Math.Abs(c)
            ? (a < 0, d < 0) switch
            {
                (false, false) => Orientation.Upright,
                (true, false) => Orientation.Mirror,
                (true, true) => Orientation.HalfTurn,
                _ => Orientation.Flip,
            }
            : (b < 0, c < 0) switch
            {
                (false, false) => Orientation.Transpose,
                (false, true) => Orientation.Clockwise,
                (true, true) => Orientation.Transverse,
                _ => Orientation.Counterclockwise,
            };

    /// <summary>Both, the first one first: quarter turns and mirrorings form a group.</summary>
    internal static Orientation Then(this Orientation first, Orientation second)
    {
        var ((a, b, c, d), (e, f, g, h)) = (Matrix(first), Matrix(second));
        return OfMatrix((e * a) + (g * b), (f * a) + (h * b), (e * c) + (g * d), (f * c) + (h * d));
    }

    private static (int A, int B, int C, int D) Matrix(Orientation orientation) => orientation switch
    {
        Orientation.Mirror => (-1, 0, 0, 1),
        Orientation.HalfTurn => (-1, 0, 0, -1),
        Orientation.Flip => (1, 0, 0, -1),
        Orientation.Transpose => (0, 1, 1, 0),
        Orientation.Clockwise => (0, 1, -1, 0),
        Orientation.Transverse => (0, -1, -1, 0),
        Orientation.Counterclockwise => (0, -1, 1, 0),
        _ => (1, 0, 0, 1),
    };
}
