using System.Globalization;

namespace ForensicHeads.Generator.Output;

/// <summary>A video of a store whose landmarks drive a head.</summary>
/// <param name="Store">The store.</param>
/// <param name="Video">The video's name.</param>
/// <param name="Frames">Its real frames of one person, in order.</param>
public sealed record DriverVideo(FrameStore Store, string Video, IReadOnlyList<FrameRecord> Frames)
{
    private const int MostFrames = 1_000_000;
    private const double Rounding = 1e-3;

    /// <summary>Runs of frames of the source in which no face was found; empty where nobody looked.</summary>
    public IReadOnlyList<FrameRun> WithoutFace { get; init; } = [];

    /// <summary>Names of the files that frames were cut from, by their SHA-256; empty where a store holds the frames.</summary>
    public IReadOnlyDictionary<string, string> SourceNames { get; init; } = new Dictionary<string, string>();

    /// <summary>What was done to the landmarks; null when they are as they were stored.</summary>
    public DrivingRecord? Driving { get; init; }

    /// <summary>The person who is seen.</summary>
    public string Identity => Frames[0].Identity;

    /// <summary>When each frame is shown, and how that was chosen.</summary>
    public ExportTiming Timing => Chosen ?? ExportTiming.Of([.. Frames.Select(frame => frame.TimeS)]);

    private ExportTiming? Chosen { get; init; }

    /// <summary>The same at a constant rate: at each time the frame that is then seen, so that some come twice and others not at
    /// all.</summary>
    /// <param name="framesPerSecond">Above 0 and at most 1,000.</param>
    /// <exception cref="UserErrorException">The rate is outside of that, or would make more than a million frames.</exception>
    public DriverVideo AtRate(double framesPerSecond)
    {
        new VideoEncoderOptions { FramesPerSecond = framesPerSecond }.Validate();
        var timing = Timing;
        var count = Math.Max(1, Math.Round(timing.Seconds * framesPerSecond, MidpointRounding.AwayFromZero));
        if (count > MostFrames) throw new UserErrorException(string.Create(CultureInfo.InvariantCulture,
            $"{framesPerSecond} frames a second over {timing.Seconds:0.#} s would make {count} frames; at most {MostFrames} are made. "
            + $"Give a lower rate."), exitCode: 2);
        var (frames, at) = (new List<FrameRecord>(), 0);
        for (var i = 0; i < count; i++)
        {
            // A time that is off by a rounding does not lose its frame.
            while (at + 1 < Frames.Count && timing.Times[at + 1] <= (i / framesPerSecond) + Rounding) at++;
            frames.Add(Frames[at]);
        }

        return this with { Frames = frames, Chosen = ExportTiming.Constant(frames.Count, framesPerSecond) };
    }

    /// <summary>Photos or a video that were cut out just now.</summary>
    /// <param name="media">Must live as long as this is used.</param>
    public static DriverVideo Of(CroppedMedia media)
    {
        ArgumentNullException.ThrowIfNull(media);
        return new DriverVideo(media.Store, media.Frames[0].Video, media.Frames)
        {
            WithoutFace = media.WithoutFace,
            SourceNames = media.SourceNames,
        };
    }

    /// <summary>Finds a video in a store.</summary>
    /// <exception cref="UserErrorException">There is no such video, it has no real frames, or it shows several people.</exception>
    public static DriverVideo Of(FrameStore store, string video)
    {
        ArgumentNullException.ThrowIfNull(store);
        var all = store.FramesOfVideo(video).ToArray();
        if (all.Length == 0)
        {
            var names = store.Videos.ToArray();
            throw new UserErrorException(string.Create(CultureInfo.InvariantCulture,
                $"{store.Path} has no video '{video}'. It has {names.Length}: "
                + $"{string.Join(", ", names.Take(5))}{(names.Length > 5 ? ", …" : "")}."));
        }

        var real = all.Where(frame => frame.IsReal).ToArray();
        if (real.Length == 0) throw new UserErrorException(
            $"Video '{video}' of {store.Path} holds generated frames only. Name a video of real frames.");
        var people = real.Select(frame => frame.Identity).Distinct(StringComparer.Ordinal).ToArray();
        if (people.Length > 1) throw new UserErrorException(
            $"Video '{video}' of {store.Path} shows {people.Length} people ({string.Join(", ", people.Take(5))}). Name a video of one "
            + "person.");

        // Of several tracks the longest is the person's; the others are mostly the same face after a cut.
        var track = real.GroupBy(frame => frame.Track).OrderByDescending(group => group.Count()).ThenBy(group => group.Key).First();
        return new DriverVideo(store, video, [.. track.OrderBy(frame => frame.FrameNumber)]);
    }
}
