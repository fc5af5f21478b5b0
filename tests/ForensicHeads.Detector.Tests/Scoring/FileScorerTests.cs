using ForensicHeads.Testing;

namespace ForensicHeads.Detector.Tests.Scoring;

public sealed class FileScorerTests : IDisposable
{
    private readonly SceneStores files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void Every_frame_of_a_video_gets_the_score_of_its_own_crop()
    {
        using var saved = Detector();
        using var cropper = new GivenFaces(GivenFaces.Left).Cropper();
        var clip = Clip("clip.mp4", 40, _ => 8);
        var result = new FileScorer(saved, cropper).Score(clip, cancellation: TestContext.Current.CancellationToken);

        // The independent path: crops as ingest gets them, one by one.
        var layout = new FeatureLayout(saved.Manifest.Families, saved.Manifest.Size);
        var expected = new List<(int Frame, float Score)>();
        var analysis = cropper.Process(
            clip,
            new FaceCropperOptions { Size = SceneStores.Size },
            crop =>
            {
                var row = new float[layout.Length];
                layout.Compute(ImageResize.Area(crop.Image, layout.Size, layout.Size), row);
                expected.Add((crop.Frame.FrameNumber, saved.Detector.Score([row])[0]));
            },
            cancellation: TestContext.Current.CancellationToken);

        Assert.Equal("ok", result.Status);
        Assert.Equal(analysis.Facts!.Sha256, result.Sha256);
        Assert.Equal(("video", "mp4", "h264", 240, 120, 40L, 40),
            (result.Container!.Kind, result.Container.Format, result.Container.Codec, result.Container.Width, result.Container.Height,
            result.Container.DeclaredFrames, result.Container.DecodedFrames));
        var track = Assert.Single(result.Tracks);
        Assert.Equal(expected, track.Series.Frame.Zip(track.Series.Score));
        Assert.Equal((0, 39, 40), (track.FirstFrame, track.LastFrame, track.Frames));
        Assert.Equal(expected.Average(item => (double)item.Score), track.Score, 1e-9);
        Assert.Equal(Math.Sqrt(expected.Average(item => Math.Pow(item.Score - track.Score, 2))), track.Spread, 1e-9);
        Assert.Equal(0.04, track.Series.TimeS[1], 1e-6);
        Assert.Equal(saved.Calibrator!.Llr(track.Score), track.Llr);
        Assert.Equal((track.Score, track.Verdict), (result.Score!.Value, result.Verdict));
        Assert.Empty(result.KeyFrames);
    }

    [Fact]
    public void A_family_of_pairs_sees_the_frame_a_fifth_of_a_second_before_as_in_a_training()
    {
        using var saved = Detector(["still_noise", "dct_beta"], rate: 5);
        using var cropper = new GivenFaces(GivenFaces.Left).Cropper();
        var clip = Clip("clip.mp4", 20, i => i % 7);
        var result = new FileScorer(saved, cropper).Score(clip, cancellation: TestContext.Current.CancellationToken);
        var layout = FeatureLayout.Of(saved.Manifest.Families, saved.Manifest.Size, []);
        var pictures = new List<RgbImage>();
        cropper.Process(clip, new FaceCropperOptions { Size = SceneStores.Size },
            crop => pictures.Add(ImageResize.Area(crop.Image, layout.Size, layout.Size)),
            cancellation: TestContext.Current.CancellationToken);
        // 25 frames a second: the fifth before.
        var rows = FeatureExtractor.Extract(pictures.Count, i => pictures[i], i => i >= 5 ? pictures[i - 5] : null, layout, null,
            TestContext.Current.CancellationToken);
        Assert.Equal(20, rows.Length);
        Assert.Equal(saved.Detector.Score(rows), Assert.Single(result.Tracks).Series.Score);
    }

    [Fact]
    public void A_detector_that_was_not_shown_to_catch_unseen_fakes_does_not_call_a_file_consistent_with_real()
    {
        Detector().Dispose();
        using var cropper = new GivenFaces(GivenFaces.Left).Cropper();
        var clip = Clip("clip.mp4", 20, _ => 13);
        Assert.Equal((Verdict.NoSign, "nobody has measured how often it says so of fakes by generators that it never saw"), Of(null));
        Assert.Equal((Verdict.NoSign, "it said so of 3 of 40 fakes by 5 generators that it never saw"), Of(new UnseenFakes(40, 5, 3)));
        Assert.Equal((Verdict.Real, null), Of(new UnseenFakes(40, 5, 2)));

        (string?, string?) Of(UnseenFakes? unseen)
        {
            var path = files["detector/detector.json"];
            var manifest = CanonicalJson.OfText<DetectorManifest>(File.ReadAllText(path), path) with { Unseen = unseen };
            File.WriteAllText(path, CanonicalJson.ToText(manifest));
            using var saved = SavedDetector.Load(files["detector"]);
            var score = new FileScorer(saved, cropper).Score(clip, cancellation: TestContext.Current.CancellationToken);
            Assert.True(score.Llr <= -Verdict.Threshold, $"{score.Llr}");
            Assert.Equal(score.Verdict, Assert.Single(score.Tracks).Verdict);
            return (score.Verdict, score.VerdictReason);
        }
    }

    [Fact]
    public void The_result_does_not_depend_on_the_number_of_workers()
    {
        using var saved = Detector();
        using var cropper = new GivenFaces(GivenFaces.Left, GivenFaces.Right).Cropper();
        var clip = Clip("clip.mp4", 20, _ => 5);
        var results = new[] { 1, 5 }.Select(workers =>
            CanonicalJson.ToText(new FileScorer(saved, cropper, new ScoreOptions { Workers = workers }).Score(clip))).ToArray();
        Assert.Equal(results[0], results[1]);
    }

    [Fact]
    public void A_photo_gets_a_score_but_no_verdict_whatever_the_number_of_faces()
    {
        using var saved = Detector();
        using var cropper = new GivenFaces(GivenFaces.Left, GivenFaces.Right).Cropper();
        var photo = files["photo.png"];
        File.WriteAllBytes(photo, ImageCodec.EncodePng(Picture(1, 8)));
        var result = new FileScorer(saved, cropper).Score(photo, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(("ok", null, null), (result.Status, result.Verdict, result.Llr));
        Assert.Equal("a single frame gets a score but no verdict", result.VerdictReason);
        Assert.Equal(2, result.Tracks.Count);
        Assert.All(result.Tracks, track => Assert.Null(track.Verdict));
        Assert.Equal(result.Tracks.Average(track => track.Score), result.Score!.Value, 1e-9);
    }

    [Fact]
    public void A_file_without_a_face_is_no_bad_file_and_a_bad_file_is_no_exception()
    {
        using var saved = Detector();
        using var nobody = new GivenFaces().Cropper();
        var scorer = new FileScorer(saved, nobody);
        var clip = scorer.Score(Clip("clip.mp4", 12, _ => 5), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(("ok", Verdict.NoFace), (clip.Status, clip.Verdict));
        Assert.Null(clip.Score);
        var text = files["text.mp4"];
        File.WriteAllText(text, "no video");
        var bad = scorer.Score(text, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(("rejected", null), (bad.Status, bad.Verdict));
        Assert.Contains("not a known container", bad.Reason, StringComparison.Ordinal);
        Assert.Equal("rejected", scorer.Score(files["absent.mp4"], cancellation: TestContext.Current.CancellationToken).Status);
    }

    [Fact]
    public void Key_frames_are_the_highest_the_middle_and_the_lowest_and_the_highest_is_explained()
    {
        using var saved = Detector();
        using var cropper = new GivenFaces(GivenFaces.Left).Cropper();
        var result = new FileScorer(saved, cropper, new ScoreOptions { ExplainedTracks = 1 })
            .Score(Clip("clip.mp4", 40, i => i < 20 ? 8 : 2), cancellation: TestContext.Current.CancellationToken);
        var series = result.Tracks[0].Series;
        Assert.Equal(["highest score", "middle of the track", "lowest score"], result.KeyFrames.Select(frame => frame.What));
        Assert.Equal(series.Score.Max(), (float)result.KeyFrames[0].Score);
        Assert.Equal(series.Frame[20], result.KeyFrames[1].Frame);
        Assert.Equal(series.Score.Min(), (float)result.KeyFrames[2].Score);
        Assert.Equal(result.KeyFrames[0].Score, result.KeyFrames[0].Explanation!.Score, 1e-6);
        Assert.Null(result.KeyFrames[2].Explanation);
    }

    [Fact]
    public void The_family_that_carries_the_signal_moved_the_score()
    {
        var layout = new FeatureLayout(["dct_beta", "trivial_pixels"], 16);
        var random = new SeededRandom(1, "shift");
        // Only dct_beta differs between the classes.
        LabelledFeatures Row(int i, bool generated) => new()
        {
            Key = $"{i}{generated}",
            Identity = $"p{i % 10}",
            Video = "v",
            Origin = Origins.Of(generated),
            Features = [.. Enumerable.Range(0, layout.Length).Select(c => (float)(random.Gaussian() + (generated && c < 63 ? 1.5 : 0)))],
        };
        var rows = Enumerable.Range(0, 80).SelectMany(i => new[] { Row(i, false), Row(i, true) }).ToArray();
        using var detector =
            FrameDetector.Train(rows, new DetectorOptions { Model = DetectorModelKind.LogisticRegression }, layout.ColumnNames);
        var shifts =
            FamilyShift.Of(detector, FeatureReference.Of(rows), layout, [.. rows.Where(row => row.Generated).Select(row => row.Features)]);
        Assert.Equal(["dct_beta", "trivial_pixels"], shifts.Select(shift => shift.Family));
        Assert.True(shifts[0].Shift > 1 && Math.Abs(shifts[1].Shift) < 0.3 * shifts[0].Shift, $"{shifts[0]}, {shifts[1]}");
        // A logistic score is linear: what the families moved is the whole way from the average frame.
        var whole = detector.Score([.. rows.Where(row => row.Generated).Select(row => row.Features)]).Average() - detector.Score(
            [[.. FeatureReference.Of(rows).Values]])[0];
        Assert.Equal(whole, shifts.Sum(shift => shift.Shift), 1e-3);
    }

    [Fact]
    public void The_explanation_points_at_the_place_that_makes_the_difference()
    {
        var layout = new FeatureLayout(["dct_beta"], 32);
        // Generated pictures are noisy in their upper left quarter alone.
        RgbImage Noisy(int i)
        {
            var (smooth, rough) = (Pictures.Scene(32, i, 1), Pictures.Scene(32, i, 20));
            for (var y = 0; y < 16; y++) for (var x = 0; x < 16; x++) rough[x, y].CopyTo(smooth[x, y]);
            return smooth;
        }

        float[] Features(RgbImage picture)
        {
            var row = new float[layout.Length];
            layout.Compute(picture, row);
            return row;
        }

        var rows = Enumerable.Range(0, 60).SelectMany(i => new[] { (i, false), (i, true) })
            .Select(item =>
                new LabelledFeatures
                {
                    Key = $"{item}",
                    Identity = $"p{item.i % 6}",
                    Video = "v",
                    Origin = Origins.Of(item.Item2),
                    Features = Features(item.Item2 ? Noisy(item.i) : Pictures.Scene(32, item.i, 1))
                }).ToArray();
        using var detector =
            FrameDetector.Train(rows, new DetectorOptions { Model = DetectorModelKind.LogisticRegression }, layout.ColumnNames);
        var picture = Noisy(999);
        var map = OcclusionMap.Of(detector, layout, picture, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal((8, 64), (map.Cells, map.Values.Count));
        double Mean(Func<int, bool> chosen) => Enumerable.Range(0, 64).Where(chosen).Average(i => map.Values[i]);
        // Cells (0…2, 0…2) lie inside the noisy quarter, cells from 5 on touch no patch of it.
        Assert.True(Mean(i => i % 8 < 3 && i / 8 < 3) > 0);
        Assert.True(Mean(i => i % 8 < 3 && i / 8 < 3) > Mean(i => i % 8 > 4 || i / 8 > 4) + 0.5);
        var overlay = map.Over(picture);
        Assert.True(overlay[8, 8][0] > overlay[8, 8][2] + 40, "the noisy place turns orange");
    }

    [Fact]
    public void A_file_is_the_mean_of_its_tracks_by_frames_unless_they_contradict_each_other()
    {
        var calibrator = new VideoCalibrator
        {
            Slope = 1,
            Offset = 0,
            LowerBound = -1,
            UpperBound = 1,
            MinimumScore = -9,
            MaximumScore = 9,
            RealPeople = 20,
            GeneratedPeople = 20,
            Videos = 40
        };
        var mean = FileVerdict.OfFile([Track(0, 2, 30, 0, calibrator), Track(1, 0.4, 10, 30, calibrator)], calibrator);
        Assert.Equal((1.6, 1.0, Verdict.Generated), (Math.Round(mean.Score, 9), mean.Llr!.Value, mean.Verdict));
        Assert.Equal(Math.Sqrt((30 * 0.16) + (10 * 1.44) + (40 * 0.25)) / Math.Sqrt(40), mean.Spread, 1e-9);
        var contrary = FileVerdict.OfFile([Track(0, 2, 30, 0, calibrator), Track(1, -1, 10, 0, calibrator)], calibrator);
        Assert.Equal(Verdict.Inconclusive, contrary.Verdict);
        Assert.Equal("the faces differ: track 0: consistent with generated, track 1: consistent with real; read each track",
            contrary.Reason);
        var uncalibrated = FileVerdict.OfFile([Track(0, 2, 30, 0, null)], null);
        Assert.Equal((null, Verdict.Inconclusive), (uncalibrated.Llr, uncalibrated.Verdict));
        var outside = FileVerdict.OfFile([Track(0, 9.5, 30, 0, calibrator)], calibrator);
        Assert.Contains("outside the calibrated range", outside.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_has_no_word_that_no_face_has_and_none_where_a_face_lies_outside_the_range()
    {
        var calibrator = new VideoCalibrator
        {
            Slope = 1,
            Offset = 0,
            LowerBound = -1,
            UpperBound = 1,
            MinimumScore = -9,
            MaximumScore = 9,
            RealPeople = 20,
            GeneratedPeople = 20,
            Videos = 40
        };
        (string?, string?) Of(params (double Score, int Frames)[] tracks)
        {
            var whole =
                FileVerdict.OfFile([.. tracks.Select((track, i) => Track(i, track.Score, track.Frames, 0, calibrator))], calibrator);
            return (whole.Verdict, whole.Reason);
        }

        // The mean, −6.85, is inside the range and would be "consistent with real", which no face is.
        Assert.Equal((Verdict.Inconclusive, "track 1: score -9.5 lies outside the calibrated range -9 … 9; read each track"),
            Of((2, 30), (-9.5, 100)));
        Assert.Equal((Verdict.Inconclusive, "track 1: score 10 lies outside the calibrated range -9 … 9; read each track"),
            Of((2, 30), (10, 10)));
        Assert.Equal((Verdict.Inconclusive, "consistent with real by the mean of all faces, but no single face by itself; read each track"),
            Of((0.4, 2), (-20, 1)));
        // With one frame out of range the other face's own word stands.
        Assert.Equal((Verdict.Generated, null), Of((2, 30), (10, 1)));
        Assert.Equal((Verdict.Generated, null), Of((2, 30), (0.4, 100), (-0.4, 4), (5, 20)));
        Assert.StartsWith("the faces differ", Of((2, 30), (-2, 30)).Item2, StringComparison.Ordinal);
    }

    [Fact]
    public void What_weakens_a_score_is_said()
    {
        using var saved = Detector();
        using var cropper = new GivenFaces(GivenFaces.Left).Cropper();
        var scorer = new FileScorer(saved, cropper);
        var warnings = scorer.Score(Clip("short.mp4", 8, _ => 8), cancellation: TestContext.Current.CancellationToken).Warnings;
        // Training saw heads of 64 px in rendered frames, cut by the test's own rule; the given face is 60 / 0.55 = 109 px.
        foreach (var words in new[] { "short track: track 0 has 8 frames",
            "unseen size: the crop of track 0 is 109 px wide; training saw 64 to 64 px", "unseen codec: h264; training saw rendered",
            "other crops" })
            Assert.Contains(warnings, warning => warning.StartsWith(words, StringComparison.Ordinal));
        Assert.DoesNotContain(warnings, warning => warning.StartsWith("small face", StringComparison.Ordinal));
        Assert.DoesNotContain(scorer.Score(Clip("long.mp4", 20, _ => 8), cancellation: TestContext.Current.CancellationToken).Warnings,
            warning => warning.StartsWith("short", StringComparison.Ordinal) || warning.StartsWith("heavy", StringComparison.Ordinal));
        using var small = new GivenFaces(new FaceBox(20, 20, 24, 26, 0.9f)).Cropper();
        var tiny = new FileScorer(saved, small).Score(Clip("long.mp4", 20, _ => 8), cancellation: TestContext.Current.CancellationToken);
        Assert.True(tiny.Verdict == Verdict.NoFace
            || tiny.Warnings.Any(warning => warning.StartsWith("small face", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(36_000, true)]
    [InlineData(115_000, false)]
    public void A_video_of_few_bits_a_pixel_is_called_heavily_compressed(long bytes, bool heavy)
    {
        // 640 · 360 · 250 pixels: 0.005 and 0.016 bits each.
        using var saved = Detector();
        var facts =
            new MediaFacts
            {
                Path = "clip.mp4",
                Sha256 = "",
                Bytes = bytes,
                Container = "mp4",
                IsPhoto = false,
                Codec = "h264",
                Width = 640,
                Height = 360,
                DeclaredFrames = 250
            };
        var warnings =
            ScoreWarnings.Of(facts, new VideoAnalysis(facts, [], MediaStatus.Ok, null, 250, 250, []), [], saved.Manifest, "scenes");
        Assert.Equal(heavy, warnings.Any(warning => warning.StartsWith("heavy compression: 0.005 bits a pixel", StringComparison.Ordinal)));
        Assert.DoesNotContain(warnings, warning => warning.StartsWith("other crops", StringComparison.Ordinal));
    }

    private static TrackScore Track(int number, double score, int frames, int from, VideoCalibrator? calibrator)
    {
        var judged = FileVerdict.OfTrack(score, 0.5, frames, calibrator);
        return new TrackScore
        {
            Track = number,
            FirstFrame = from,
            LastFrame = from + frames - 1,
            Frames = frames,
            Box = new TrackBox(0, 0, 1, 1),
            CropSide = 100,
            Score = judged.Score,
            Spread = judged.Spread,
            Llr = judged.Llr,
            Verdict = judged.Verdict,
            VerdictReason = judged.Reason,
            Series = new ScoreSeries([.. Enumerable.Range(from, frames)], [.. Enumerable.Range(from, frames).Select(i => i / 25.0)],
                [.. Enumerable.Repeat((float)score, frames)]),
        };
    }

    private static RgbImage Picture(int i, double noise)
    {
        // A square scene twice: room for two faces.
        var scene = Pictures.Scene(120, i, noise);
        var wide = new RgbImage(240, 120);
        for (var y = 0; y < 120; y++)
        {
            scene.Pixels.AsSpan(y * 360, 360).CopyTo(wide.Pixels.AsSpan(y * 720));
            scene.Pixels.AsSpan(y * 360, 360).CopyTo(wide.Pixels.AsSpan((y * 720) + 360));
        }

        return wide;
    }

    private string Clip(string name, int frames, Func<int, double> noise)
    {
        var path = files[name];
        using var encoder = new VideoEncoder(path, 240, 120, new VideoEncoderOptions { Crf = 10, Preset = "ultrafast" });
        for (var i = 0; i < frames; i++) encoder.Write(Picture(3, noise(i)));
        encoder.Complete();
        return path;
    }

    private SavedDetector Detector(string[]? families = null, double rate = 25)
    {
        var store = files.Make(rate: rate);
        DetectorTraining.Run(
            new TrainingRequest
            {
                Real = [store],
                Generated = [store],
                Split = SceneStores.Split(),
                SplitName = "test",
                Families = families ?? ["dct_beta", "npr_stats"],
                Options = new DetectorOptions { Model = DetectorModelKind.LogisticRegression }
            },
            files["detector"]);
        return SavedDetector.Load(files["detector"]);
    }
}
