namespace ForensicHeads.Experiments.Tests.Heads;

public sealed class FakeMakerTests : IDisposable
{
    private readonly TinyExperiment tiny = new();
    private readonly FrameStore source;

    public FakeMakerTests() =>
        source = ProceduralStore
            .Render(new ProceduralOptions { Identities = 2, FirstIdentity = 700, Videos = 2, Frames = 4, Size = 64 }, tiny["people"], null,
            CancellationToken.None);

    private FakeRequest Request => new()
    {
        Methods = ["few-shot", "affine-warp", "auto-encoder", "self-blend"],
        Weights = tiny["weights.safetensors"],
        AutoEncoder = tiny["autoencoder.safetensors"],
        Shots = new ShotOptions { ShotCounts = [1, 2], Draws = 1, DriverFrames = 3 },
        Adapt = new AdaptOptions { Updates = 2, Batch = 2 },
        Blends = 5,
    };

    public void Dispose() => tiny.Dispose();

    [Fact]
    public void Everybody_gets_every_kind_and_a_second_run_makes_the_same_bytes()
    {
        var store = Make("fakes", Request);
        var kinds = store.Frames.Where(frame => frame.Identity == source.Identities.First())
            .GroupBy(frame => (frame.Origin.Generator, Mode: frame.Origin.Mode?.Text(), frame.Origin.Shots))
            .ToDictionary(group => group.Key, group => group.Count());
        Assert.Equal(
            [("affine-warp", null, 1), ("affine-warp", null, 2), ("auto-encoder", null, 1), ("auto-encoder", null, 2),
                ("few-shot", "ff", 1), ("few-shot", "ff", 2), ("few-shot", "ft", 1), ("few-shot", "ft", 2), ("self-blend", null, null)],
            kinds.Keys.Order());
        Assert.All(kinds, kind => Assert.Equal(kind.Key.Generator == "self-blend" ? 5 : 3, kind.Value));
        Assert.Equal(source.Identities, store.Identities);
        Assert.All(store.Frames, frame => Assert.False(frame.IsReal));
        Assert.Equal((64, source.Info.CropSpecification), (store.Info.Size, store.Info.CropSpecification));
        Assert.Equal(source.Identities, ConsentFile.Read(store).Select(record => record.Identity));
        Assert.False(Directory.Exists(store.Path + ".fakes"));
        Assert.Equal(store.ContentHash, Make("again", Request).ContentHash);
    }

    [Fact]
    public void What_networks_make_follows_the_chosen_numbers_and_the_store_says_so()
    {
        var exact = Make("exact", Request);
        var coarse = new FakeMaker(Request, source, TimeProvider.System) { Compute = Compute.Choose("cpu", Precision.Bf16) }
            .Make(tiny["coarse"], null, CancellationToken.None);
        Assert.False(exact.Info.Properties.ContainsKey("device"));
        Assert.Equal("cpu bf16", coarse.Info.Properties["device"]);
        foreach (var kind in exact.Frames.GroupBy(frame => (frame.Origin.Generator, frame.Origin.Mode)))
        {
            var same = kind.All(frame => exact.ReadImage(frame).Pixels.SequenceEqual(coarse.ReadImage(coarse.Find(frame.Key)!).Pixels));
            Assert.Equal(kind.Key.Generator is "affine-warp" or "self-blend", same);
        }
    }

    [Fact]
    public void People_shared_out_among_machines_give_the_store_of_one()
    {
        var request = Request with { Methods = ["affine-warp", "self-blend"] };
        var one = Make("one/fakes", request);
        foreach (var i in new[] { 1, 2, 3 }) new FakeMaker(request, source, TimeProvider.System).MakePart(
            tiny[$"part{i}"], new WorkPart(i, 3), null, CancellationToken.None);
        Assert.Equal([1, 1, 0], new[] { 1, 2, 3 }.Select(i => Directory.GetDirectories(tiny[$"part{i}"]).Length));
        // Of somebody whose part is missing, they are made here.
        foreach (var parts in new string?[][] { ["part1", "part2", "part3"], [null, "part2", "part3"] })
        {
            new FakeMaker(request, source, TimeProvider.System) { Finished = [.. parts.Select(part => part is null ? null : tiny[part])] }
                .Make(tiny[$"{parts[0] ?? "gap"}-two/fakes"], null, CancellationToken.None);
            foreach (var file in Directory.EnumerateFiles(one.Path, "*", SearchOption.AllDirectories)) Assert.Equal(Hashes.OfFile(file),
                Hashes.OfFile(Path.Combine(tiny[$"{parts[0] ?? "gap"}-two/fakes"], Path.GetRelativePath(one.Path, file))));
        }
    }

    [Fact]
    public void A_balanced_set_has_as_many_true_frames_of_each_person_under_each_condition_and_a_sheet_that_says_so()
    {
        var request = Request with
        {
            Methods = ["affine-warp", "self-blend"],
            Conditions = ["clean", "jpeg-50", "h264-crf23"],
            Balance = true,
        };
        var store = Make("set", request);
        string?[] conditions = [null, "h264-crf23", "jpeg-50"];
        // Two videos of four frames; of 5 blends and 2 · 3 warps the same share of each sequence.
        foreach (var person in source.Identities)
            foreach (var same in store.FramesOf(person).GroupBy(frame => frame.Condition).Select(group => group.ToArray()))
                Assert.Equal((8, 8), (same.Count(frame => frame.IsReal), same.Count(frame => !frame.IsReal)));
        Assert.Equal(conditions, store.Frames.Select(frame => frame.Condition).Distinct().Order());
        Assert.All(store.Frames, frame => Assert.Equal(frame.Condition is not null, frame.Video.EndsWith($"@{frame.Condition}",
            StringComparison.Ordinal)));
        foreach (var run in store.Frames.GroupBy(frame => (frame.Identity, frame.Video, frame.Origin)))
        {
            int[] numbers = [.. run.Select(frame => frame.FrameNumber).Order()];
            if (run.Key.Origin.Generator != "self-blend") Assert.True(numbers.Skip(1).Zip(numbers, (next, one) => next - one).Distinct()
                .Count() <= 1, $"{run.Key}: {string.Join(' ', numbers)}");
        }

        foreach (var frame in store.Frames.Where(frame => frame.Condition == "jpeg-50"))
        {
            var plain = Assert.Single(store.Frames, other => other.Condition is null && other.Identity == frame.Identity
                && frame.Video == $"{other.Video}@jpeg-50" && other.FrameNumber == frame.FrameNumber && other.Origin == frame.Origin);
            var own = ((IPixelCondition)FrameConditions.OfPixels.ByName("jpeg-50").Seeded(1)).Apply(store.ReadImage(plain), plain.Key,
                plain.DriverVideo ?? plain.Video);
            Assert.Equal(own.Pixels.ToArray(), store.ReadImage(frame).Pixels.ToArray());
            if (frame.IsReal) Assert.Equal(source.ReadPng(source.Find(plain.Key)!), store.ReadPng(plain));
        }

        var sheet = File.ReadAllText(Path.Combine(store.Path, DataSheet.FileName));
        Assert.Contains("96 face crops of 64×64 px", sheet, StringComparison.Ordinal);
        Assert.Contains("| real | 2 | 48 |", sheet, StringComparison.Ordinal);
        foreach (var condition in conditions)
            Assert.Contains($"| {condition ?? "nothing"} | 2 | 32 |", sheet, StringComparison.Ordinal);
        Assert.Contains("| synthetic | any | 2 | never |", sheet, StringComparison.Ordinal);
        // What is there already is taken as it is, and a sheet that was lost is written again.
        File.Delete(Path.Combine(store.Path, DataSheet.FileName));
        Assert.Equal(store.IndexSha256, Make("set", request).IndexSha256);
        Assert.Equal(sheet, File.ReadAllText(Path.Combine(store.Path, DataSheet.FileName)));
        Assert.Null(store.Foreign);
        // What is not asked for is not in the arguments, so that stores of before are known again.
        Assert.DoesNotContain("balance", Make("plain", request with { Conditions = null, Balance = false }).Info.Arguments[^1],
            StringComparison.Ordinal);
        Assert.Contains("The conditions are 'clean, clean'", Assert.Throws<UserErrorException>(() =>
            Make("twice", request with { Conditions = ["clean", "clean"] })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_of_others_makes_fakes_beside_ours_and_what_it_fails_at_is_listed()
    {
        var path = tiny["copy.generator.json"];
        File.WriteAllText(path, CanonicalJson.ToText(new
        {
            name = "copy",
            version = "3",
            licence = "research only",
            command = new[] { "sh", "-c", "[ -e $1/001.png ] && exit 7; cp $2/0*.png $3/", "sh", "{shots}", "{driver}", "{out}" },
            ignore = new[] { "*" },
        }));
        var request = Request with { Methods = ["affine-warp", path] };
        var store = Make("fakes", request);
        var made = store.Frames.Where(frame => frame.Origin.Generator == "copy").ToArray();
        Assert.Equal(2 * 3, made.Length);
        Assert.All(made, frame => Assert.Equal((Mode.Ff, 1, 0, Hashes.OfFile(path)),
            (frame.Origin.Mode, frame.Origin.Shots!.Value, frame.Origin.Draw!.Value, frame.WeightsSha256)));
        Assert.All(made, frame => Assert.EndsWith("; copy: research only", frame.Licence, StringComparison.Ordinal));
        Assert.Equal(["copy, T = 2, draw 0", "copy, T = 2, draw 0"], store.ReadRejected().Select(line => line.File));
        Assert.All(store.ReadRejected(), line => Assert.Equal("it ended with exit code 7; it said nothing", line.Reason));
        // No path of this machine says which fakes these are.
        Assert.DoesNotContain(path, string.Join('\n', store.Info.Arguments), StringComparison.Ordinal);
        Assert.Equal(store.ContentHash, Make("again", request).ContentHash);
    }

    [Fact]
    public void Whoever_taught_the_weights_is_named_and_noted_in_the_store_without_a_name()
    {
        string[] seen = [source.Identities.First()];
        var said = new List<string>();
        var metadata = new Dictionary<string, string>
        {
            [LearntPeople.MetadataKey] = LearntPeople.Of(source.FramesOf(seen[0])).ToLine(),
        };
        using (var weights = GeneratorWeights.Load(tiny["weights.safetensors"])) weights.Save(tiny["knows.safetensors"], metadata);
        var request = Request with { Methods = ["few-shot"], Modes = [Mode.Ff], Weights = tiny["knows.safetensors"] };
        var store = new FakeMaker(request, source, TimeProvider.System) { Warn = said.Add }
            .Make(tiny["fakes"], null, TestContext.Current.CancellationToken);
        var doubt = Assert.Single(said);
        Assert.Contains($"learnt from 1 of these people ({seen[0]})", doubt, StringComparison.Ordinal);
        Assert.Equal(seen, LearntPeople.Noted(store));
        Assert.DoesNotContain(seen[0], string.Join(' ', store.Info.Properties.Values), StringComparison.Ordinal);

        // The weights of the others, who are strangers to them, say nothing.
        Assert.Empty(LearntPeople.Noted(Make("strangers", Request with { Methods = ["affine-warp"] })));
        Assert.Empty(LearntPeople.Noted(source));
    }

    [Fact]
    public void A_run_that_was_stopped_goes_on_with_the_people_it_had_not_done()
    {
        using var stop = new CancellationTokenSource();
        var request = Request with { Methods = ["few-shot"], Modes = [Mode.Ff] };
        Assert.ThrowsAny<OperationCanceledException>(() =>
            new FakeMaker(request, source, TimeProvider.System).Make(tiny["fakes"], new Reports(_ => stop.Cancel()), stop.Token));
        var done = Directory.GetFiles(tiny["fakes.fakes"], "index.parquet", SearchOption.AllDirectories);
        Assert.NotEmpty(done);
        Assert.False(Directory.Exists(tiny["fakes"]));
        var times = done.ToDictionary(file => file, File.GetLastWriteTimeUtc);
        var kept = new List<bool>();
        var store = new FakeMaker(request, source, TimeProvider.System)
            .Make(tiny["fakes"], new Reports(_ => kept.AddRange(times.Select(pair => File.GetLastWriteTimeUtc(pair.Key) == pair.Value))),
            TestContext.Current.CancellationToken);
        Assert.NotEmpty(kept);
        Assert.DoesNotContain(false, kept);
        Assert.Equal(Make("fresh", request).ContentHash, store.ContentHash);
    }

    [Fact]
    public void Self_blends_need_no_shots_keep_the_size_and_ask_for_consent()
    {
        var (asked, other) = (source.Identities.First(), source.Identities.Last());
        File.WriteAllText(Path.Combine(source.Path, ConsentFile.Name),
            ConsentFile.ToJson(ConsentFile.Read(source).Where(record => record.Identity == asked)));
        var request = new FakeRequest { Methods = ["self-blend"], Blends = 2, Size = 32, Shots = new ShotOptions { DriverFrames = 900 } };
        var store = new FakeMaker(request, FrameStore.Open(source.Path), TimeProvider.System)
            .Make(tiny["blends"], null, TestContext.Current.CancellationToken);
        Assert.Equal([asked], store.Identities);
        Assert.Equal((2, 32), (store.Frames.Count, store.Info.Size));
        Assert.Contains($"'{other}' has no consent record", Assert.Single(store.ReadRejected()).Reason, StringComparison.Ordinal);
        Assert.All(store.Frames, frame => Assert.Equal((frame.Video, frame.FrameNumber), (frame.DriverVideo, frame.DriverFrame)));
        var truth = FrameStore.Open(source.Path);
        Assert.All(store.Frames, frame => Assert.NotEqual(
            Media.ImageResize
                .Area(truth.ReadImage(truth.Frames.Single(one => one.Video == frame.Video && one.FrameNumber == frame.FrameNumber)), 32,
                32).Pixels, store.ReadImage(frame).Pixels));
    }

    [Fact]
    public void What_cannot_be_made_is_refused_with_what_to_do()
    {
        Assert.Contains("The generators are 'nearest-shot'; give one or more of few-shot, affine-warp, auto-encoder, self-blend",
            Refusal(Request with { Methods = ["nearest-shot"] }), StringComparison.Ordinal);
        Assert.Contains("sets the size of what the networks make", Refusal(Request with { Size = 32 }), StringComparison.Ordinal);
        Assert.Contains("A person needs 900 driver frames in a row",
            Refusal(Request with { Methods = ["affine-warp"], Shots = new ShotOptions { DriverFrames = 900 } }), StringComparison.Ordinal);
        Assert.Contains("holds frames of 64 px, and fakes of 128 px were asked for",
            Refusal(new FakeRequest { Methods = ["self-blend"], Size = 128 }), StringComparison.Ordinal);
        Assert.Contains("Size 0 px is outside 8 px", Refusal(new FakeRequest { Methods = ["self-blend"], Size = 0 }),
            StringComparison.Ordinal);
        Assert.Contains("give numbers from 1", Refusal(Request with { Shots = new ShotOptions { ShotCounts = [0] } }),
            StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(source.Path, ConsentFile.Name), ConsentFile.ToJson([]));
        var nobody = Refusal(new FakeRequest { Methods = ["self-blend"] });
        Assert.Contains("Nobody in", nobody, StringComparison.Ordinal);
        Assert.DoesNotContain("driver", nobody, StringComparison.Ordinal);
        Assert.False(Directory.Exists(tiny["refused"]));

        string Refusal(FakeRequest request) => Assert.Throws<UserErrorException>(() => Make("refused", request)).Message;
    }

    [Fact]
    public void A_changed_consent_record_does_not_hand_the_old_fakes_back()
    {
        var request = new FakeRequest { Methods = ["self-blend"], Blends = 1 };
        var made = Make("fakes", request);
        Assert.Equal(made.ContentHash, Make("fakes", request).ContentHash);
        var records = ConsentFile.Read(source);
        foreach (var changed in new[] { records.Skip(1), records.Select(record => record with { Contact = "somebody else" }) })
        {
            File.WriteAllText(Path.Combine(source.Path, ConsentFile.Name), ConsentFile.ToJson(changed));
            Assert.Contains("made on other consent records",
                Assert.Throws<UserErrorException>(() => new FakeMaker(request, FrameStore.Open(source.Path), TimeProvider.System)
                .Make(made.Path, null, TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_content_loss_without_its_networks_is_refused_before_anything_is_read()
    {
        var request = Request with { Methods = ["few-shot"], Weights = "nowhere", Adapt = new AdaptOptions { Content = "vgg" } };
        // A folder of this test's own, whatever models the machine has.
        var maker =
            new FakeMaker(request, source, TimeProvider.System) { ContentFiles = new ContentLossFiles { Models = tiny["no-models"] } };
        var says =
            Assert.Throws<UserErrorException>(() => maker.Make(tiny["refused"], null, TestContext.Current.CancellationToken)).Message;
        Assert.Contains($"vgg19.safetensors in the model folder ({tiny["no-models"]})", says, StringComparison.Ordinal);
        // Feed-forward heads need none.
        Assert.Contains("'nowhere' is neither a file",
            Assert.Throws<UserErrorException>(() => Make("refused", request with { Modes = [Mode.Ff] })).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Mode.Ft, true)]
    [InlineData(Mode.Ff, false)]
    public void Weights_meant_for_feed_forward_heads_are_fine_tuned_with_a_warning(Mode mode, bool warns)
    {
        using (var weights = GeneratorWeights.Load(tiny["weights.safetensors"])) weights.Save(tiny["forward.safetensors"],
            new Dictionary<string, string> { ["options"] = CanonicalJson.ToLine(new TrainOptions().Meant(TrainedFor.Ff)) });
        var warnings = new List<string>();
        // Too many driver frames: the warning comes before anybody is looked for.
        var request = Request
            with
        {
            Methods = ["few-shot"],
            Modes = [mode],
            Weights = tiny["forward.safetensors"],
            Shots = new ShotOptions { DriverFrames = 900 }
        };
        Assert.Throws<UserErrorException>(() =>
            new FakeMaker(request, source, TimeProvider.System) { Warn = warnings.Add }.Make(tiny["refused"], null,
            TestContext.Current.CancellationToken));
        Assert.Equal(warns, warnings.Exists(line => line.Contains("meta-trained for feed-forward heads", StringComparison.Ordinal)));
    }

    private FrameStore Make(string name, FakeRequest request) =>
        new FakeMaker(request, source, TimeProvider.System).Make(tiny[name], null, TestContext.Current.CancellationToken);

    private sealed class Reports(Action<StepProgress> on) : IProgress<StepProgress>
    {
        public void Report(StepProgress value)
        {
            lock (this) on(value);
        }
    }
}
