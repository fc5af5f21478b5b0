using System.Globalization;

namespace ForensicHeads.Generator.Driving;

/// <summary>Frames of a driver, in order, with what is missing between them.</summary>
/// <param name="Frames">The frames, filled in where that was wanted.</param>
/// <param name="Interpolated">Runs that were filled in.</param>
/// <param name="LeftOut">Runs that are missing still.</param>
internal sealed record DriverGaps(IReadOnlyList<FrameRecord> Frames, IReadOnlyList<FrameRun> Interpolated, IReadOnlyList<FrameRun> LeftOut)
{
    /// <summary>Fills short gaps inside a track on the straight line between their neighbours; across a cut there is no such line.</summary>
    /// <param name="frames">By frame number.</param>
    /// <param name="longest">Longest gap that is filled, seconds.</param>
    public static DriverGaps Fill(IReadOnlyList<FrameRecord> frames, double longest)
    {
        var result = new List<FrameRecord>();
        List<FrameRun> filled = [], open = [];
        int[] steps = [.. frames.Skip(1).Zip(frames, (next, frame) => next.FrameNumber - frame.FrameNumber).Where(step => step > 0).Order()];
        // A step is the usual distance of frame numbers; sampling at a lower rate rounds to whole frames, so that steps differ by one.
        var usual = steps.Length == 0 ? 1 : steps[steps.Length / 2];
        for (var i = 0; i < frames.Count; i++)
        {
            if (i > 0 && frames[i].FrameNumber - frames[i - 1].FrameNumber > usual + (usual > 1 ? 1 : 0)) Between(frames[i - 1], frames[i]);
            result.Add(frames[i]);
        }

        return new DriverGaps(result, filled, open);

        void Between(FrameRecord before, FrameRecord after)
        {
            var missing = (int)Math.Round((after.FrameNumber - before.FrameNumber) / (double)usual) - 1;
            if (missing < 1) return;
            var run = new FrameRun(before.FrameNumber + usual, before.FrameNumber + (missing * usual), missing);
            var seconds = (after.TimeS - before.TimeS) * missing / (missing + 1);
            if (before.Track != after.Track || seconds > longest)
            {
                open.Add(run);
                return;
            }

            filled.Add(run);
            for (var k = 1; k <= missing; k++) result.Add(Mixed(before, after, (double)k / (missing + 1), before.FrameNumber + (k * usual)));
        }
    }

    // The picture, where one is asked for, is the nearer neighbour's.
    private static FrameRecord Mixed(FrameRecord before, FrameRecord after, double share, int number) => (share < 0.5 ? before : after) with
    {
        Key = string.Create(CultureInfo.InvariantCulture, $"{before.Key}-i{number}"),
        FrameNumber = number,
        TimeS = double.Lerp(before.TimeS, after.TimeS, share),
        Landmarks = new Landmarks68([.. before.Landmarks.Values.Zip(after.Landmarks.Values, (a, b) => float.Lerp(a, b, (float)share))]),
    };
}
