using ForensicHeads.Detector.Conditions;

namespace ForensicHeads.Experiments.Tests.Protocols;

/// <summary><c>--equalise</c>: one encode for both classes before anything is measured.</summary>
public sealed class EqualisedClipsTests : IDisposable
{
    private const int Size = 64;
    private readonly TestFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_clip_is_what_the_codec_makes_of_it_and_its_container_tells_the_bits_alone()
    {
        var store = Store(4, sharp: true);
        var set = Load(store);
        var equal = EqualisedClips.Of(set, 23, folder["work"], null, Cancellation);
        Assert.Equal(set.Clips.Select(clip => clip.Id), equal.Clips.Select(clip => clip.Id));
        var codec = new H264Condition(23);
        foreach (var (clip, changed) in set.Clips.Zip(equal.Clips))
        {
            var own = codec.Apply([[.. clip.Frames.Select(frame =>
                new ConditionFrame(frame.Read(), frame.Record.Landmarks, frame.Record.Key, frame.Record.Video))]], Cancellation)[0];
            Assert.Equal(own.Images.Select(image => image.Pixels), changed.Frames.Select(frame => frame.Read().Pixels));
            Assert.Equal(own.Bits!.Value / 8, changed.Container!.Bytes);
            Assert.Equal(("h264", Size, 6L), (changed.Container.Codec, changed.Container.Width, changed.Container.DeclaredFrames));
            Assert.Equal(clip.Links, changed.Links);
        }

        // No source file is looked for.
        Assert.Equal(0, ClipContainers.Read(equal.Clips, [], Cancellation).Missing);
    }

    [Fact]
    public void A_class_that_was_stored_with_a_fine_pattern_is_told_by_it_before_and_not_after()
    {
        var store = Store(12, sharp: false);
        Assert.True(Macro(null).Value > 0.98);
        Assert.True(Macro(40).Value < 0.9);

        Estimate Macro(int? crf)
        {
            var run = new ProtocolRun
            {
                Protocol = "leave-one-generator-out",
                Real = [store],
                Generated = [store],
                Families = ["npr_stats"],
                Options = new ProtocolOptions { FramesPerClip = 6, LeastFrames = 6, Folds = 2, MesoSteps = 0, Equalise = crf },
                Models = folder["none"],
            };
            var results = (GeneralisationResults)run.Execute(folder[FormattableString.Invariant($"out{crf}")], null, Cancellation).Document;
            Assert.Equal(crf, results.Options.Equalise);
            return results.Scorers[0].Macro;
        }
    }

    [Fact]
    public void It_does_not_go_with_conditions_of_its_own()
    {
        var run = new ProtocolRun
        {
            Protocol = "cross-condition",
            Real = [],
            Generated = [],
            Options = new ProtocolOptions { Equalise = 23 },
        };
        Assert.Contains("--equalise", Assert.Throws<UserErrorException>(run.Plan).Message, StringComparison.Ordinal);
        Assert.Contains("--equalise 60 is outside 0 … 51",
            Assert.Throws<UserErrorException>(() => new ProtocolOptions { Equalise = 60 }.Validated()).Message, StringComparison.Ordinal);
    }

    private static ClipSet Load(FrameStore store) =>
        ClipSet.Load([store], [store], new ProtocolOptions { FramesPerClip = 6, LeastFrames = 6 }, successive: true);

    // Smooth pictures that move; generated ones carry a pattern of two grey levels that no encode at 40 keeps.
    private FrameStore Store(int people, bool sharp)
    {
        using var writer = StoreWriter.Create(folder["store"],
            new StoreInfo { Name = "store", Size = Size, CropSpecification = "whole", Arguments = ["test"], LicenceSummary = "CC0-1.0" });
        for (var p = 0; p < people; p++)
        {
            foreach (var generator in new[] { null, "g" + (p % 2) })
            {
                var random = new Random((p * 2) + (generator is null ? 0 : 1));
                var (phase, level) = (random.NextDouble() * 6, 90 + random.Next(60));
                var pattern = generator is null ? 0 : sharp ? 8 : 2;
                for (var f = 0; f < 6; f++) writer.Add(Frame(p, f, generator), Picture(phase, level, f, pattern));
            }
        }

        return writer.Complete();
    }

    private static RgbImage Picture(double phase, int level, int frame, int pattern)
    {
        var image = new RgbImage(Size, Size);
        for (var y = 0; y < Size; y++)
            for (var x = 0; x < Size; x++)
                for (var c = 0; c < 3; c++)
                    image.Pixels[(((y * Size) + x) * 3) + c] = (byte)(level + (30 * Math.Sin((x / 9.0) + phase + (frame / 4.0)))
                        + (20 * Math.Cos(y / 11.0)) + ((((x + y) % 2) - 0.5) * pattern));
        return image;
    }

    private static FrameRecord Frame(int person, int number, string? generator) => new()
    {
        Key = FormattableString.Invariant($"p{person}-{generator ?? "real"}-{number}"),
        Identity = generator is null ? $"p{person}" : $"x{person}",
        Video = FormattableString.Invariant($"p{person}-{generator ?? "real"}"),
        FrameNumber = number,
        TimeS = number / 5.0,
        Landmarks = new Landmarks68([.. Enumerable.Range(0, 136).Select(i => (float)(i % 60))]),
        CropW = Size,
        CropH = Size,
        SourceCodec = generator is null ? "mpeg1video" : "h264",
        SourceWidth = 320,
        SourceHeight = 240,
        Licence = "CC0-1.0",
        Origin = generator is null ? FrameOrigin.Real : FrameOrigin.MadeBy(generator),
    };
}
