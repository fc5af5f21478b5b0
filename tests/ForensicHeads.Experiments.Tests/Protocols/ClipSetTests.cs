namespace ForensicHeads.Experiments.Tests.Protocols;

public sealed class ClipSetTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Clips_are_sampled_evenly_short_ones_left_out_and_drivers_tie_a_fake_to_their_owner()
    {
        var real = Store("real", 32, [("ann", "v1", null, 40), ("bob", "photo", null, 1)]);
        var fake = Store("fake", 32, [("eve", "f1", "gen", 10)], driver: "v1");
        var set = ClipSet.Load([real], [fake], new ProtocolOptions { FramesPerClip = 4, LeastFrames = 8 });
        Assert.Equal(["fake/f1/eve/gen", "real/v1/ann"], set.Clips.Select(clip => clip.Id));
        Assert.Equal([5, 15, 25, 35], set.Clips[1].Frames.Select(frame => frame.Record.FrameNumber));
        Assert.Contains("real/photo/bob: 1 of at least 8 frames", set.LeftOut);
        Assert.Throws<UserErrorException>(() => TrainTestGuard.Check([set.Clips[0]], [set.Clips[1]]));
    }

    [Fact]
    public void A_codec_gets_as_many_successive_frames_of_every_clip_and_short_clips_are_left_out()
    {
        var real = Store("real", 32, [("ann", "v1", null, 40), ("bob", "v2", null, 5)]);
        var fake = Store("fake", 32, [("eve", "f1", "gen", 7)]);
        var set = ClipSet.Load([real], [fake], new ProtocolOptions { FramesPerClip = 6, LeastFrames = 4 }, successive: true);
        Assert.Equal(["real/v2/bob: 5 of at least 6 frames"], set.LeftOut);
        Assert.Equal([[0, 1, 2, 3, 4, 5], [17, 18, 19, 20, 21, 22]],
            set.Clips.Select(clip => clip.Frames.Select(frame => frame.Record.FrameNumber).ToArray()));
    }

    [Fact]
    public void A_codec_gets_the_middle_of_the_longest_run_without_gaps_and_clips_without_one_are_left_out()
    {
        // Seven frames before a cut, ten after it; every second frame of a clip is no gap; three, three and three have no run of six.
        int[] cut = [.. Enumerable.Range(0, 7), .. Enumerable.Range(100, 10)];
        var real = Store("real", 32, [("ann", "v1", null, 17), ("bob", "v2", null, 12), ("cid", "v3", null, 9)], number: (video, i) =>
            video switch { "v1" => cut[i], "v2" => 2 * i, _ => i + (20 * (i / 3)) });
        var fake = Store("fake", 32, [("eve", "f1", "gen", 7)]);
        var options = new ProtocolOptions { FramesPerClip = 6, LeastFrames = 4 };
        var set = ClipSet.Load([real], [fake], options, successive: true);
        Assert.Equal(["real/v3/cid: 3 of at least 6 successive frames"], set.LeftOut);
        Assert.Equal([[0, 1, 2, 3, 4, 5], [102, 103, 104, 105, 106, 107], [6, 8, 10, 12, 14, 16]],
            set.Clips.Select(clip => clip.Frames.Select(frame => frame.Record.FrameNumber).ToArray()));
        Assert.EndsWith("8 successive frames; both must be above 0. Check --real, --generated and --frames.",
            Refused(options with { FramesPerClip = 8 }), StringComparison.Ordinal);
        Assert.EndsWith("--generated and --least-frames.", Refused(options with { LeastFrames = 8 }), StringComparison.Ordinal);

        string Refused(ProtocolOptions asked) =>
            Assert.Throws<UserErrorException>(() => ClipSet.Load([real], [fake], asked, successive: true)).Message;
    }

    [Fact]
    public void A_codec_is_not_asked_about_classes_whose_frames_lie_differently_far_apart()
    {
        var real = Store("real", 32, [("ann", "v1", null, 9), ("bob", "v2", null, 9)], number: (_, i) => 5 * i);
        var fake = Store("fake", 32, [("eve", "f1", "gen", 9)]);
        Assert.Equal(3, ClipSet.Load([real], [fake], new ProtocolOptions { FramesPerClip = 6 }).Clips.Count);
        var error = Assert.Throws<UserErrorException>(() =>
            ClipSet.Load([real], [fake], new ProtocolOptions { FramesPerClip = 6 }, successive: true));
        Assert.Contains("1 s apart in the real clips and 0.2 s in the generated ones", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void H264_can_be_crossed_with_clean_frames_and_leaves_its_mark_on_the_features()
    {
        var real = Store("real", 32, [.. Enumerable.Range(0, 6).Select(i => ($"p{i}", $"v{i}", (string?)null, 6))]);
        var fake = Store("fake", 32, [.. Enumerable.Range(0, 6).Select(i => ($"p{i}", $"f{i}", (string?)"gen", 6))], pattern: 12);
        ProtocolRun run = new()
        {
            Protocol = "cross-condition",
            Conditions = ["clean", "h264-crf40"],
            Real = [real],
            Generated = [fake],
            Families = ["npr_stats"],
            Cache = new ContentCache(folder["cache"], log: null),
            Options = new ProtocolOptions { Folds = 2, FramesPerClip = 4, LeastFrames = 2 }
        };
        var (document, table) = run.Execute(folder["a"], cancellation: TestContext.Current.CancellationToken);
        var results = Assert.IsType<CrossResults>(document);
        Assert.True(results.Successive);
        Assert.Equal(["clean", "h264-crf40"], results.Slices);
        Assert.Equal(4, results.Cells.Count);
        Assert.All(results.Cells, cell => Assert.Equal((6, 6), (cell.RealClips, cell.GeneratedClips)));
        // The baselines are shown the very same clips; files know nothing of a condition, pixels do.
        Assert.Equal(["trivial_pixels", "container_only"], results.Baselines.Select(baseline => baseline.Name));
        Assert.All(results.Baselines,
            baseline =>
                Assert.Equal(results.Cells.Select(cell => (cell.Train, cell.Test, cell.RealClips, cell.GeneratedClips)),
            baseline.Cells.Select(cell => (cell.Train, cell.Test, cell.RealClips, cell.GeneratedClips))));
        Assert.Single(results.Baselines[1].Cells.Select(cell => cell.Auc).Distinct());
        Assert.Contains("| trained on | tested on | people | real clips | generated clips | detector | trivial_pixels | container_only |",
            table, StringComparison.Ordinal);
        Assert.Contains("| clean | h264-crf40 | 6 | 6 | 6 |", table, StringComparison.Ordinal);
        Assert.StartsWith("12 of 12 source files were not found", Assert.Single(results.Notes), StringComparison.Ordinal);
        Assert.Contains(results.Notes[0], table, StringComparison.Ordinal);

        var clips = ClipSet.Load([real], [fake], run.Options, successive: true).Clips;
        float[][] Rows(string condition) =>
            [.. ClipTable.Measure(clips, "npr_stats", 32, FrameConditions.All.ByName(condition), null, 1, null,
            TestContext.Current.CancellationToken).Rows.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value)];
        var (clean, coded, alone) = (Rows("clean"), Rows("h264-crf40"),
            ClipTable.Measure([clips[^1]], "npr_stats", 32, FrameConditions.All.ByName("h264-crf40"), null, 1, null,
            TestContext.Current.CancellationToken).Of(clips[^1]));
        Assert.All(clean.Zip(coded), pair => Assert.NotEqual(pair.First, pair.Second));
        // A clip is coded by itself: the others beside it change nothing.
        Assert.Equal(alone, coded[^1]);
    }

    [Fact]
    public void Clips_that_show_the_same_footage_under_other_names_are_kept_on_one_side()
    {
        // cid's video holds ann's pictures, one of eve's is bob's; ann's own fake shares its pictures, too, but is tied to her by its
        // driver.
        string Footage(string video, int i) =>
            video switch { "v3" => $"v1/{i}", "f1" when i == 3 => "v2/4", "f2" => $"v1/{i}", _ => $"{video}/{i}" };
        var real = Store("real", 32, [("ann", "v1", null, 9), ("bob", "v2", null, 9), ("cid", "v3", null, 9), ("dan", "v4", null, 9)],
            footage: Footage);
        var fake = Store("fake", 32, [("eve", "f1", "gen", 9)], footage: Footage);
        var own = Store("own", 32, [("fay", "f2", "few-shot", 9)], driver: "v1", footage: Footage);
        var plain = ClipSet.Load([real], [fake, own], new ProtocolOptions());
        var linked = NearDuplicateClips.Link(plain, null, TestContext.Current.CancellationToken);
        Assert.Equal(["fake/f1/eve/gen and real/v2/bob: frames look the same", "own/f2/fay/few-shot and real/v3/cid: frames look the same",
            "real/v1/ann and real/v3/cid: frames look the same"],
            linked.NearDuplicates.Select(line => line[..line.IndexOf(" (", StringComparison.Ordinal)]));
        Clip Of(ClipSet set, string video) => set.Clips.Single(clip => clip.Id.Contains($"/{video}/", StringComparison.Ordinal));
        TrainTestGuard.Check([Of(plain, "v3")], [Of(plain, "v1")]);
        Assert.Contains("footage of real/v1/ann and real/v3/cid",
            Assert.Throws<UserErrorException>(() => TrainTestGuard.Check([Of(linked, "v3")], [Of(linked, "v1")])).Message,
            StringComparison.Ordinal);
        Assert.Throws<UserErrorException>(() => TrainTestGuard.Check([Of(linked, "f1")], [Of(linked, "v2")]));
        TrainTestGuard.Check([Of(linked, "v4"), Of(linked, "v2")], [Of(linked, "v1")]);
        // Where nothing looks alike, nothing changes.
        var different = ClipSet.Load([real], [fake], new ProtocolOptions()) is var set
            ? set with { Clips = [.. set.Clips.Where(clip => clip.Identity is "ann" or "bob" or "dan")] } : null;
        Assert.Same(different, NearDuplicateClips.Link(different!, null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_baseline_that_did_not_run_and_files_that_were_not_found_are_said_in_the_results()
    {
        var real = Store("real", 32, [.. Enumerable.Range(0, 4).Select(i => ($"p{i}", $"v{i}", (string?)null, 2))]);
        var fake = Store("fake", 32, [.. Enumerable.Range(0, 4).Select(i => ($"q{i}", $"f{i}", (string?)$"g{i % 2}", 2))], pattern: 12);
        ProtocolRun run = new()
        {
            Protocol = "leave-one-generator-out",
            Real = [real],
            Generated = [fake],
            Families = ["npr_stats"],
            Cache = new ContentCache(folder["cache"], log: null),
            Options = new ProtocolOptions { Folds = 2, LeastFrames = 1, MesoSteps = 0 }
        };
        var warned = new List<string>();
        var (document, table) = (run with { Warn = warned.Add }).Execute(folder["a"], cancellation: TestContext.Current.CancellationToken);
        var results = Assert.IsType<GeneralisationResults>(document);
        Assert.Contains("8 of 8 source files were not found", warned[0], StringComparison.Ordinal);
        Assert.Equal(warned, results.Notes.Take(warned.Count));
        Assert.Equal("The baseline meso4_retrained was left out by --meso-steps 0.", results.Notes[warned.Count]);
        Assert.All(results.Notes, note => Assert.Contains(note, table, StringComparison.Ordinal));
        Assert.Contains($"over the best of the {results.Scorers.Count - 1} baselines that ran", results.Statement,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Stores_of_another_size_and_a_missing_class_are_refused()
    {
        var real = Store("real", 32, [("ann", "v1", null, 9)]);
        var error = Assert.Throws<UserErrorException>(() =>
            ClipSet.Load([real], [Store("fake", 16, [("eve", "f1", "gen", 9)])], new ProtocolOptions()));
        Assert.Contains("16 px", error.Message, StringComparison.Ordinal);
        Assert.Contains("0 generated", Assert.Throws<UserErrorException>(() => ClipSet.Load([real], [real], new ProtocolOptions())).Message,
            StringComparison.Ordinal);
        Assert.Equal(2, Assert.Throws<UserErrorException>(() => new ProtocolOptions { Folds = 1 }.Validated()).ExitCode);
    }

    [Theory]
    [InlineData(32, "npr_stats")]
    [InlineData(47.5, "npr_stats_resized")]
    public void The_residual_goes_by_another_name_where_crops_were_resized(float cropWidth, string name)
    {
        var clips = ClipSet.Load([Store("real", 32, [("ann", "v1", null, 9)], cropWidth: cropWidth)],
            [Store("fake", 32, [("eve", "f1", "gen", 9)], cropWidth: cropWidth)], new ProtocolOptions());
        var recipe = DetectorRecipe.Of(clips, ["face_tone", "npr_stats"], FrameConditions.All.ByName("clean"), null, 1, null,
            TestContext.Current.CancellationToken);
        Assert.Equal(["face_tone", name], recipe.Families);
    }

    [Fact]
    public void The_whole_protocol_finds_a_planted_pattern_twice_alike_and_writes_its_files()
    {
        var real = Store("real", 32, [.. Enumerable.Range(0, 8).Select(i => ($"p{i}", $"v{i}", (string?)null, 8))]);
        var fake = Store("fake", 32, [.. Enumerable.Range(0, 9).Select(i => ($"q{i}", $"f{i}", (string?)$"g{i % 3}", 8))], pattern: 12);
        ProtocolRun run = new()
        {
            Protocol = "leave-one-generator-out",
            Real = [real],
            Generated = [fake],
            Families = ["npr_stats", "face_detail"],
            Cache = new ContentCache(folder["cache"], log: null),
            Options = new ProtocolOptions { Folds = 3, FramesPerClip = 3, MesoSteps = 0 }
        };
        var (document, table) = run.Execute(folder["a"], cancellation: TestContext.Current.CancellationToken);
        var results = Assert.IsType<GeneralisationResults>(document);
        Assert.True(results.Scorers[0].Macro.Value > 0.9, $"{results.Scorers[0].Macro}");
        Assert.Equal(["detector", "container_only", "trivial_pixels"], results.Scorers.Take(3).Select(scorer => scorer.Name));
        Assert.Contains("npr_stats, face_detail", table + results.Scorers[0].Description, StringComparison.Ordinal);
        (run with { Cache = new ContentCache(folder["other"], log: null) })
            .Execute(folder["b"], cancellation: TestContext.Current.CancellationToken);
        foreach (var file in new[] { "results.json", "results.md", "scores.parquet" })
            Assert.Equal(File.ReadAllBytes(Path.Combine(folder.Path, "a", file)), File.ReadAllBytes(Path.Combine(folder.Path, "b", file)));

        // Under numbers the figures are the same, and no name is left.
        var numbered = Assert.IsType<GeneralisationResults>((run with { Numbered = true })
            .Execute(folder["n"], cancellation: TestContext.Current.CancellationToken).Document);
        Assert.Equal(results.Scorers.Select(scorer => scorer.Macro), numbered.Scorers.Select(scorer => scorer.Macro));
        var text = File.ReadAllText(Path.Combine(folder.Path, "n", "results.json"));
        foreach (var name in new[] { "real/v", "fake/f", "\"p0\"", "\"q0\"" }) Assert.DoesNotContain(name, text, StringComparison.Ordinal);
        var clips = ClipSet.Load([real], [fake], run.Options).Clips;
        var scores = new NumberedClips(clips, 1).Of(new Dictionary<string, IReadOnlyList<RoundScore>>
        {
            ["detector"] = [.. clips.Select(clip => new RoundScore("g0", 0, clip.Id, clip.Identity, clip.Generated, 0))],
        })["detector"];
        Assert.Equal(Enumerable.Range(1, 17).Select(i => $"clip {i}").Order(), scores.Select(score => score.Clip).Order());
        Assert.Equal(17, scores.Count(score => score.Identity.StartsWith("person ", StringComparison.Ordinal)));
        Assert.NotEqual(Enumerable.Range(1, 17).Select(i => $"clip {i}"), scores.Select(score => score.Clip));
    }

    [Fact]
    public void A_detector_is_calibrated_on_what_it_never_learnt_from_and_other_licences_are_scored_alone()
    {
        static string Licence(string video) => video[1] < '6' ? "open: CC BY 4.0" : "none stated";
        var real = Store("real", 32, [.. Enumerable.Range(0, 9).Select(i => ($"p{i}", $"v{i}", (string?)null, 8))], licence: Licence);
        var fake = Store("fake", 32, [.. Enumerable.Range(0, 9).Select(i => ($"q{i}", $"f{i}", (string?)$"g{i % 3}", 8))], pattern: 12,
            licence: Licence);
        IReadOnlyList<TrainingRound> Rounds(string licence) => LeaveOneOut.Generator.Rounds([real], [fake],
            new ProtocolOptions { Folds = 3 }, [licence], cancellation: TestContext.Current.CancellationToken);
        var rounds = Rounds("Open");
        Assert.Equal(9, rounds.Count);
        Assert.All(rounds, round => Assert.Empty(round.Train.Intersect(round.Test)));
        Assert.Equal(12, TrainingRound.Teaching(rounds).Count);
        Assert.All(TrainingRound.Teaching(rounds), clip => Assert.Equal("open: CC BY 4.0", Licence(clip.Split('/')[1])));
        Assert.Equal(18, rounds.SelectMany(round => round.Test).Distinct().Count());
        Assert.Contains("0 real and 0 generated clips of the licences closed are left to teach",
            Assert.Throws<UserErrorException>(() => Rounds("closed")).Message, StringComparison.Ordinal);

        var people = real.Identities.Concat(fake.Identities).ToDictionary(person => person, _ => SplitRole.Train, StringComparer.Ordinal);
        var outcome = DetectorTraining.Run(new TrainingRequest
        {
            Real = [real],
            Generated = [fake],
            Split = new Split { Name = "everybody", Seed = 0, Identities = people },
            SplitName = "everybody",
            Families = ["npr_stats"],
            Options = new DetectorOptions { Trees = 10, RowsPerLeaf = 4 },
            Rounds = rounds,
            Protocol = LeaveOneOut.Generator.Protocol,
        }, folder["detector"], cancellation: TestContext.Current.CancellationToken);
        Assert.Equal((12, 9, 9), (outcome.Manifest.TrainingPeople, outcome.Calibrator!.RealPeople, outcome.Calibrator.GeneratedPeople));
        Assert.Equal(new UnseenFakes(9, 3, 0), outcome.Manifest.Unseen);
        Assert.True(outcome.VideoAuc > 0.9, $"{outcome.VideoAuc}");
        Assert.Equal("leave-one-generator-out", outcome.Manifest.CalibratedBy);
    }

    [Fact]
    public void Networks_are_taught_anew_in_every_round_and_a_damaged_round_is_made_again()
    {
        var real = Store("real", 32, [.. Enumerable.Range(0, 4).Select(i => ($"p{i}", $"v{i}", (string?)null, 2))]);
        var fake = Store("fake", 32, [.. Enumerable.Range(0, 4).Select(i => ($"q{i}", $"f{i}", (string?)$"g{i % 2}", 2))], pattern: 12);
        var cache = folder["cache"];
        ProtocolRun run = new()
        {
            Protocol = "leave-one-generator-out",
            Real = [real],
            Generated = [fake],
            Families = ["npr_stats"],
            Cache = new ContentCache(cache, log: null),
            Options = new ProtocolOptions { Folds = 2, LeastFrames = 1, MesoSteps = 2, CnnSteps = 2 },
            Variants = true,
        };
        var results = Assert.IsType<GeneralisationResults>(
            run.Execute(folder["a"], cancellation: TestContext.Current.CancellationToken).Document);
        var meso = results.Scorers.Single(scorer => scorer.Name == "meso4_retrained");
        Assert.Contains("2 updates", meso.Description, StringComparison.Ordinal);
        Assert.Contains(results.Margins, margin => margin.Baseline == meso.Name);
        // Other forms of the detector stand beside it, and its margin over them does not count.
        string[] forms =
            ["fixed_mean", "fixed_ranks", "fixed_generators", "fixed_worst", "fixed_trees", "cnn_retrained"];
        Assert.Superset(forms.ToHashSet(), results.Scorers.Select(scorer => scorer.Name).ToHashSet());
        Assert.DoesNotContain(results.Margins, margin => margin.IsBest && forms.Contains(margin.Baseline));
        Assert.Equal(4, Directory.GetFiles(cache, "cnn_retrained-*.cached").Length);
        var rounds = Directory.GetFiles(cache, "meso4_retrained-*.cached");
        Assert.Equal(4, rounds.Length);
        var first = rounds.Select(File.ReadAllText).ToArray();
        Assert.Equal(4, first.Distinct().Count());
        File.WriteAllText(rounds[0], "{");
        File.Delete(rounds[1]);
        run.Execute(folder["b"], cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(first, rounds.Select(File.ReadAllText));
        Assert.Equal(File.ReadAllBytes(Path.Combine(folder.Path, "a", "results.json")),
            File.ReadAllBytes(Path.Combine(folder.Path, "b", "results.json")));

        // They learn in the numbers that were chosen.
        var coarse = run with { Compute = Compute.Choose("cpu", Precision.Bf16), Cache = new ContentCache(folder["coarse"], log: null) };
        coarse.Execute(folder["c"], cancellation: TestContext.Current.CancellationToken);
        foreach (var network in new[] { "meso4_retrained", "cnn_retrained" })
            foreach (var file in Directory.GetFiles(cache, $"{network}-*.cached"))
                Assert.NotEqual(File.ReadAllText(file), File.ReadAllText(Path.Combine(folder["coarse"], Path.GetFileName(file))));
    }

    [Fact]
    public void Modes_cross_on_people_never_trained_on()
    {
        var real = Store("real", 32, [.. Enumerable.Range(0, 8).Select(i => ($"p{i}", $"v{i}", (string?)null, 8))]);
        var ff = Store("ff", 32, [.. Enumerable.Range(0, 8).Select(i => ($"p{i}", $"f{i}", (string?)"few-shot", 8))], pattern: 12,
            mode: "ff");
        var ft = Store("ft", 32, [.. Enumerable.Range(0, 8).Select(i => ($"p{i}", $"f{i}", (string?)"few-shot", 8))], pattern: 0,
            mode: "ft");
        ProtocolRun run = new()
        {
            Protocol = "cross-mode",
            Real = [real],
            Generated = [ff, ft],
            Families = ["npr_stats"],
            Cache = new ContentCache(folder["cache"], log: null),
            Options = new ProtocolOptions { Folds = 4 }
        };
        var results = Assert.IsType<CrossResults>(run.Execute(folder["x"], cancellation: TestContext.Current.CancellationToken).Document);
        Assert.Equal(["ff", "ft"], results.Slices);
        Assert.True(results.Cells[0].Auc.Value > 0.95, $"{results.Cells[0]}");
        // Without a pattern there is nothing to find, whatever was learnt.
        Assert.True(results.Cells[1].Auc.Value < 0.85, $"{results.Cells[1]}");
        Assert.All(results.Cells, cell => Assert.Equal((8, 8), (cell.RealClips, cell.GeneratedClips)));
        var alone = run with { Generated = [ff] };
        Assert.Contains("only the mode ff", Assert.Throws<UserErrorException>(
            () => alone.Execute(folder["y"], cancellation: TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
    }

    private FrameStore Store(string name, int size, (string Identity, string Video, string? Generator, int Frames)[] clips,
        string? driver = null, int pattern = 0, string? mode = null, Func<string, int, int>? number = null,
        Func<string, int, string>? footage = null, float cropWidth = 0, Func<string, string>? licence = null)
    {
        var info = new StoreInfo
        {
            Name = name,
            Size = size,
            CropSpecification = "test",
            EncodePath = "png",
            LicenceSummary = "none",
            Arguments = ["test", name]
        };
        using var writer = StoreWriter.Create(folder[$"{name}-{size}-{clips.Length}-{pattern}"], info);
        foreach (var (identity, video, generator, frames) in clips)
        {
            for (var i = 0; i < frames; i++)
            {
                writer.Add(new FrameRecord
                {
                    Key = $"{video}-{i:000}",
                    Identity = identity,
                    Video = video,
                    FrameNumber = number?.Invoke(video, i) ?? i,
                    TimeS = (number?.Invoke(video, i) ?? i) / 5.0,
                    Landmarks = Oval(size),
                    Origin = generator is null ? FrameOrigin.Real : FrameOrigin.MadeBy(generator) with { Mode = OriginText.ModeOf(mode) },
                    DriverVideo = driver,
                    CropW = cropWidth,
                    Licence = licence?.Invoke(video) ?? "",
                    SourceWidth = size,
                    SourceHeight = size,
                    SourceCodec = "h264",
                }, Noise(size, footage?.Invoke(video, i) ?? $"{name}/{video}/{i}", pattern));
            }
        }

        return writer.Complete();
    }

    private static Landmarks68 Oval(int size) =>
        new([.. Enumerable.Range(0, 68)
            .SelectMany(i => new[] { (float)(size * (0.5 + (0.3 * Math.Cos(i)))), (float)(size * (0.5 + (0.3 * Math.Sin(i)))) })]);

    // Grey noise; the pattern lifts every second pixel of every second row, as an upsampler without smoothing would.
    private static RgbImage Noise(int size, string stream, int pattern)
    {
        var random = new SeededRandom(8, stream);
        var image = new RgbImage(size, size);
        for (var y = 0; y < size; y++)
        {
            for (var x = 0; x < size; x++)
            {
                var grey = (byte)Math.Clamp(128 + random.Gaussian(0, 8) + (x % 2 == 0 && y % 2 == 0 ? pattern : 0), 0, 255);
                image[x, y].Fill(grey);
            }
        }

        return image;
    }
}
