using System.Globalization;

namespace ForensicHeads.Datasets.Ingest;

/// <summary>Which face of a file is the person that it is said to show: <c>largest</c>, <c>left</c>, <c>right</c>, or a box at a
/// time.</summary>
/// <remarks>Identity, label and consent are given for a file, and hold for one face.</remarks>
public sealed record FaceChoice
{
    /// <summary>The forms, for messages.</summary>
    public const string Forms = "largest, left, right, or X Y WIDTH HEIGHT at SECONDS (pixels of the picture as shown)";

    // How far from the named time a face may be seen.
    private const double MostSeconds = 0.5;
    private readonly Func<Seen, double>? order;

    private FaceChoice(Func<Seen, double>? order) => this.order = order;

    /// <summary>Left, top, width and height of the box, and its time in seconds; null for the other forms.</summary>
    public (double X, double Y, double Width, double Height, double TimeS)? Box { get; private init; }

    /// <summary>Reads a choice; null for any other text.</summary>
    public static FaceChoice? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        switch (text)
        {
            case "largest": return new(track => -track.Size);
            case "left": return new(track => track.Centre);
            case "right": return new(track => -track.Centre);
        }

        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is not [_, _, _, _, "at", _]) return null;
        var numbers = words.Where(word => word != "at").Select(word => double.TryParse(
            word, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value : double.NaN).ToArray();
        return numbers is [var x, var y, > 0 and var width, > 0 and var height, >= 0 and var time] && double.IsFinite(x + y)
            ? new(order: null) { Box = (x, y, width, height, time) } : null;
    }

    /// <summary>The tracks that show the person.</summary>
    /// <param name="frames">The frames of a file, by track.</param>
    /// <param name="choice">What its owner says; null for nothing.</param>
    /// <returns>
    /// Without a choice all tracks, or none where two are seen at once: nobody says then which of them, before and after too, is meant.
    /// With a box the one track that lies in it; else, from the largest (leftmost, rightmost) on, each that is not seen together with one
    /// before it.
    /// </returns>
    internal static int[] Tracks(IReadOnlyList<SpooledFrame> frames, FaceChoice? choice)
    {
        var seen = frames.GroupBy(frame => frame.Track).Select(track => new Seen(track.Key, [.. track])).OrderBy(track => track.Number)
            .ToArray();
        if (choice?.Box is { } box) return [.. seen.Where(track => track.Off(box) is not null).OrderBy(track => track.Off(box))
            .Take(1).Select(track => track.Number)];
        var chosen = new List<Seen>();
        foreach (var track in choice is null ? seen : (IEnumerable<Seen>)seen.OrderBy(choice.order!))
        {
            if (!chosen.Exists(track.IsBeside)) chosen.Add(track);
            else if (choice is null) return [];
        }

        return [.. chosen.Select(track => track.Number)];
    }

    /// <summary>One face of a file, from when it is first seen to when it is last seen.</summary>
    private sealed record Seen(int Number, SpooledFrame[] Frames)
    {
        public double Size { get; } = Frames.Average(frame => (double)frame.CropSize);

        public double Centre { get; } = Frames.Average(frame => Middle(frame).X);

        public bool IsBeside(Seen other) => Frames[0].FrameNumber <= other.Frames[^1].FrameNumber
            && other.Frames[0].FrameNumber <= Frames[^1].FrameNumber;

        /// <summary>How far the face lies from the middle of a box, in pixels; null where it lies outside or is not seen then.</summary>
        public double? Off((double X, double Y, double Width, double Height, double TimeS) box)
        {
            var frame = Frames.MinBy(frame => Math.Abs(frame.TimeS - box.TimeS))!;
            var (x, y) = (Middle(frame).X - box.X, Middle(frame).Y - box.Y);
            return Math.Abs(frame.TimeS - box.TimeS) > MostSeconds || x < 0 || y < 0 || x > box.Width || y > box.Height ? null
                : Math.Sqrt(Math.Pow(x - (box.Width / 2), 2) + Math.Pow(y - (box.Height / 2), 2));
        }

        private static (double X, double Y) Middle(SpooledFrame frame) =>
            (frame.CropX + (frame.CropSize / 2.0), frame.CropY + (frame.CropSize / 2.0));
    }
}
