namespace ForensicHeads.Detector.Tests.Training;

public sealed class TeachingCopiesTests : IDisposable
{
    private const int Size = 48;
    private readonly TestFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_pseudo_fake_is_aligned_with_its_true_frame_and_marked_as_made()
    {
        var clips = Clips();
        var copies = Make(clips, new TeachingCopies { Names = ["self-blend", "decoders"], Decoders = Decoders() });
        // Of two real clips with a licence; the third states none, and fakes are not blended.
        Assert.Equal(["a", "a", "b", "b"], copies.Select(copy => copy.Of[^1..]).Order());
        foreach (var copy in copies)
        {
            var of = clips.Single(clip => clip.Name == copy.Of);
            Assert.All(copy.Frames.Zip(of.Frames), pair =>
            {
                Assert.Equal((pair.Second.Identity, pair.Second.Video, pair.Second.FrameNumber),
                    (pair.First.Identity, pair.First.Video, pair.First.FrameNumber));
                Assert.False(pair.First.IsReal);
                var (made, truth) = (copy.Store.ReadImage(pair.First), of.Store.ReadImage(pair.Second));
                Assert.NotEqual(truth.Pixels, made.Pixels);
                if (copy.Frames[0].Origin.Generator != "self-blend") return;
                // Outside the face nothing is touched; the corner is far from every mask.
                for (var x = 0; x < 3; x++) Assert.Equal(truth[x, Size - 1].ToArray(), made[x, Size - 1].ToArray());
            });
        }

        Assert.All(copies, copy => Assert.True(copy.Frames[0].Origin.Generator is "self-blend"
            || copy.Frames[0].Origin.Generator!.StartsWith("decoder ", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_recompressed_pair_goes_through_one_encode_and_clips_without_a_run_have_no_copy()
    {
        var clips = Clips(areShort: true);
        var copies = Make(clips, new TeachingCopies { Names = ["self-blend", "recompressed"] });
        var whole = copies.Where(copy => copy.Of.EndsWith("/a", StringComparison.Ordinal)).ToArray();
        // The pseudo-fake as it is, and both of the pair after x264.
        Assert.Equal([(4, false), (12, true), (12, false)], whole.Select(copy => (copy.Frames.Count, copy.Frames[0].IsReal)));
        var of = clips.Single(clip => clip.Name == whole[0].Of);
        var run = whole[1].Frames;
        Assert.Equal(run.Select(frame => frame.FrameNumber), whole[2].Frames.Select(frame => frame.FrameNumber));
        Assert.Equal(Enumerable.Range(run[0].FrameNumber, 12), run.Select(frame => frame.FrameNumber));
        Assert.Equal((14 - 12) / 2, run[0].FrameNumber);
        // By hand: the very frames at one of the rates.
        var truth = of.Store.Frames.Where(frame => frame.Video == "a").Skip(1).Take(12).ToArray();
        var coded = run.Select(whole[1].Store.ReadImage).ToArray();
        Assert.Single([18, 23, 28, 32], crf => new H264Condition(crf)
            .Apply([[.. truth.Select(frame => new ConditionFrame(of.Store.ReadImage(frame), frame.Landmarks, "", ""))]], Cancellation)[0]
            .Images.Zip(coded).All(pair => pair.First.Pixels.SequenceEqual(pair.Second.Pixels)));
        // Six frames are no run of twelve: the blended frames alone.
        var copy = Assert.Single(copies, copy => copy.Of.EndsWith("/b", StringComparison.Ordinal));
        Assert.Equal(4, copy.Frames.Count);
    }

    [Fact]
    public void Changed_copies_have_every_frame_of_both_classes_again_under_several_conditions()
    {
        var clips = Clips();
        var copies = Make(clips, new TeachingCopies { Names = ["changed"] });
        Assert.Equal(clips.Select(clip => clip.Name), copies.Select(copy => copy.Of));
        foreach (var (copy, clip) in copies.Zip(clips))
        {
            Assert.Equal(clip.Frames.Select(frame => (frame.Origin, frame.FrameNumber)),
                copy.Frames.Select(frame => (frame.Origin, frame.FrameNumber)));
            Assert.Contains(copy.Frames.Zip(clip.Frames), pair =>
                !copy.Store.ReadImage(pair.First).Pixels.SequenceEqual(clip.Store.ReadImage(pair.Second).Pixels));
        }

        var again = Make(clips, new TeachingCopies { Names = ["changed"] });
        Assert.Equal(copies[0].Store.ContentHash, again[0].Store.ContentHash);
        Assert.NotEqual(copies[0].Store.ContentHash,
            Make(clips, new TeachingCopies { Names = ["changed"], Seed = 2 })[0].Store.ContentHash);
    }

    [Fact]
    public void The_decoders_run_where_and_in_which_numbers_they_are_told()
    {
        var (clips, copies) = (Clips(), new TeachingCopies { Names = ["decoders"], Decoders = Decoders() });
        Assert.NotEqual(Make(clips, copies)[0].Store.ContentHash,
            Make(clips, copies with { Compute = Compute.Choose("cpu", Precision.Bf16) })[0].Store.ContentHash);
    }

    [Fact]
    public void Wrong_names_and_decoders_that_know_somebody_are_refused()
    {
        Assert.Contains("There are no copies 'mirror'; choose from changed, decoders, recompressed, self-blend",
            Refused(new TeachingCopies { Names = ["mirror"] }), StringComparison.Ordinal);
        Assert.Contains("name each once", Refused(new TeachingCopies { Names = ["changed", "changed"] }), StringComparison.Ordinal);
        Assert.Contains("need --decoders WEIGHTS", Refused(new TeachingCopies { Names = ["decoders"] }), StringComparison.Ordinal);
        Assert.Contains("leave it out", Refused(new TeachingCopies { Decoders = "x" }), StringComparison.Ordinal);
        var clips = Clips();
        var knowing = Decoders(LearntPeople.Of(clips[0].Frames));
        Assert.Contains("learnt from 1 of the people here (person-a)", Assert.Throws<UserErrorException>(() =>
            Make(clips, new TeachingCopies { Names = ["decoders"], Decoders = knowing })).Message, StringComparison.Ordinal);

        static string Refused(TeachingCopies copies) => Assert.Throws<UserErrorException>(copies.Validate).Message;
    }

    private IReadOnlyList<TeachingCopy> Make(IReadOnlyList<TeachingClip> clips, TeachingCopies copies) =>
        copies.Of(clips, folder[Guid.NewGuid().ToString("N")], null, Cancellation);

    private string Decoders(LearntPeople? people = null)
    {
        var file = folder[$"decoders-{Guid.NewGuid():N}.safetensors"];
        using var decoders = new AlignedDecoders(1);
        decoders.Save(file, new Dictionary<string, string>
        {
            [LearntPeople.MetadataKey] = (people ?? new LearntPeople([], [])).ToLine(),
        }, half: false);
        return file;
    }

    /// <summary>Real clips a, b and c (without a licence) and a fake one; of the 14 (or, of b, 6) frames of each four teach.</summary>
    private TeachingClip[] Clips(bool areShort = false)
    {
        var path = folder[areShort ? "short" : "clips"];
        using (var writer = StoreWriter.Create(path, new StoreInfo
        {
            Name = "clips",
            Size = Size,
            CropSpecification = "scenes",
            Arguments = ["test"],
            LicenceSummary = "none",
        }))
        {
            foreach (var (name, licence, origin, frames) in new[]
            {
                ("a", "open: CC BY 4.0", FrameOrigin.Real, 14), ("b", "third-party: x", FrameOrigin.Real, areShort ? 6 : 14),
                ("c", "none-stated: y", FrameOrigin.Real, 14), ("d", "open: MIT", FrameOrigin.MadeBy("smoother"), 14),
            })
            {
                for (var f = 0; f < frames; f++)
                    writer.Add(new FrameRecord
                    {
                        Key = $"{name}-{f}",
                        Identity = "person-" + name,
                        Video = name,
                        FrameNumber = f,
                        TimeS = f / 5.0,
                        Landmarks = Face,
                        Licence = licence,
                        Origin = origin,
                    }, Pictures.Scene(Size, (100 * name[0]) + f, 4));
            }

            writer.Complete();
        }

        var store = FrameStore.Open(path);
        return [.. store.Frames.GroupBy(frame => frame.Video).Select(video =>
            new TeachingClip(ClipName.Of(store.Info, video.First()), store, [.. Evenly.Spread<FrameRecord>([.. video], 4)]))
            .Select(clip => clip with { Name = clip.Frames[0].IsReal ? "clips/" + clip.Frames[0].Video : "clips/d" })];
    }

    // The jaw an arc, the brows a line, the rest between.
    private static Landmarks68 Face { get; } = new([.. Enumerable.Range(0, 68).SelectMany(i =>
    {
        var (x, y) = i <= 16 ? (24 - (12 * Math.Cos(Math.PI * i / 16)), 22 + (15 * Math.Sin(Math.PI * i / 16)))
            : i <= 26 ? (15 + (18.0 * (i - 17) / 9), 18)
            : (20 + (9 * Math.Abs(Math.Sin(i))), 21 + (10 * Math.Abs(Math.Cos(i))));
        return new[] { (float)x, (float)y };
    })]);
}
