using System.Globalization;
using ForensicHeads.Testing;

namespace ForensicHeads.Experiments.Tests.Protocols;

/// <summary>Detectors of others beside ours in leave-one-generator-out.</summary>
public sealed class ForeignScorerTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_list_of_scores_stands_beside_ours_by_its_name_and_says_what_it_learnt_from()
    {
        const string said = "\"trained_on\": \"FaceForensics++\", \"video_score\": \"max\",";
        var run = Run(Describe("Perfect-1", said, name => name[0] == 'f' ? 0.9 : 0.1, Names()),
            Describe("other", "", name => name == "f1" ? null : 0.3, [.. Names().Where(name => name != "v2"), "x9"]));
        var warned = new List<string>();
        var (results, plan) = (Execute(run with { Warn = warned.Add }), run.Plan());
        var perfect = results.Scorers.Single(scorer => scorer.Name == "Perfect_1");
        Assert.Equal(1, perfect.Macro.Value);
        Assert.Contains("it learnt from: FaceForensics++; the max of its scores", perfect.Description, StringComparison.Ordinal);
        Assert.Contains(results.Margins, margin => margin.Baseline == perfect.Name);
        // f1 and v2 are undecided: they count with the median, which all others have.
        var other = results.Scorers.Single(scorer => scorer.Name == "other");
        Assert.Equal(0.5, other.Macro.Value);
        Assert.Contains("it learnt from: not stated; the mean", other.Description, StringComparison.Ordinal);
        foreach (var words in new[] { "2 of 8 clips have no score of other", "Rows of other that belong to none of the clips: 1 (x9.mp4).",
            "Clips without a row in other: 1 (v2).", "Rows of other without a finite score: 1." })
        {
            Assert.Contains(warned, line => line.Contains(words, StringComparison.Ordinal));
            Assert.Contains(results.Notes, line => line.Contains(words, StringComparison.Ordinal));
        }

        // Under numbers the notes count and name nobody.
        var numbered = Execute(run with { Numbered = true }, "numbered").Notes;
        Assert.Contains("Rows of other that belong to none of the clips: 1.", numbered);
        Assert.Contains("Clips without a row in other: 1.", numbered);
        Assert.Equal(["Perfect-1", "other"], plan.Models.Keys);
        Assert.All(plan.Models.Values, hash => Assert.Equal(64, hash.Length));
    }

    [Fact]
    public void Published_MesoNets_take_part_from_their_files_and_a_second_run_takes_them_from_the_cache()
    {
        var weights = MesoDetectors.Published[0].File;
        File.Copy(Path.Combine(SharedData.Models, weights), folder[weights]);
        MesoDetectors.Write(folder.Path);
        var run = Run() with { Models = folder.Path, Cache = new ContentCache(folder["cache"], log: null) };
        var first = Execute(run);
        var scorer = first.Scorers.Single(one => one.Name == "meso4_df");
        Assert.Contains("gathered by the authors", scorer.Description, StringComparison.Ordinal);
        Assert.Contains(first.Notes, note => note.Contains("The published detectors ", StringComparison.Ordinal)
            && note.Contains("mesoinception-f2f", StringComparison.Ordinal) && !note.Contains("meso4-df", StringComparison.Ordinal));
        var kept = Assert.Single(Directory.GetFiles(folder["cache"], "meso4_df-*.cached"));
        var bytes = File.ReadAllBytes(kept);
        File.SetLastWriteTimeUtc(kept, DateTime.UnixEpoch);
        Assert.Equal(first.Scorers.Select(one => one.Macro), Execute(run, "b").Scorers.Select(one => one.Macro));
        Assert.Equal(bytes, File.ReadAllBytes(kept));
        Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(kept));
    }

    [Fact]
    public void Names_that_are_taken_wrong_files_and_detectors_that_know_no_clip_are_refused()
    {
        string Refusal(ProtocolRun run) => Assert.Throws<UserErrorException>(() => run.Plan()).Message;
        Assert.Contains("Two detectors are called 'container_only'", Refusal(Run(Describe("container-only", "", _ => 1, Names()))),
            StringComparison.Ordinal);
        var one = Describe("one", "", _ => 1, Names());
        Assert.Contains("Two detectors are called 'one'", Refusal(Run(one, one)), StringComparison.Ordinal);
        Assert.Contains("Cannot read the detector", Refusal(Run(folder["none.detector.json"])), StringComparison.Ordinal);
        Assert.Contains("leave-one-generator-out and leave-one-collection-out alone",
            Refusal(Run(one) with { Protocol = "cross-mode" }), StringComparison.Ordinal);
        var strange = Run(Describe("strange", "", _ => 1, ["x1", "x2"]));
        Assert.Contains("strange has a score for none of 8 clips", Assert.Throws<UserErrorException>(() => Execute(strange)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Scores_of_exported_frames_come_back_to_their_clips_and_a_list_the_wrong_way_round_is_said()
    {
        var run = Run();
        var rows = new List<string>();
        foreach (var store in run.Real.Concat(run.Generated))
        {
            StoreExports.Run("deepfakebench", new ExportRequest
            {
                Store = store,
                Out = folder[store.Info.Name + "-bench"],
                Name = store.Info.Name,
                Day = new DateOnly(2026, 1, 2),
            }, null, TestContext.Current.CancellationToken);
            rows.AddRange(Directory.GetFiles(folder[store.Info.Name + "-bench"], "*.png", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(folder.Path, file)));
        }

        Assert.Equal(16, rows.Count);
        string List(string name, Func<bool, double> score) => folder.Write(name, "files,labels,prob_class_0,prob_class_1\n"
            + string.Concat(rows.Select(row => string.Create(CultureInfo.InvariantCulture,
                $"{row},0,0,{score(row.Contains("fake-bench", StringComparison.Ordinal))}\n"))));
        var results = Execute(run with
        {
            Imports = [List("theirs.csv", fake => fake ? 0.8 : 0.3), List("turned.csv", fake => fake ? 0.3 : 0.8)],
        });
        Assert.Equal(1, results.Scorers.Single(scorer => scorer.Name == "theirs").Macro.Value);
        Assert.Equal(0, results.Scorers.Single(scorer => scorer.Name == "turned").Macro.Value);
        Assert.Contains(results.Notes, note => note.StartsWith("turned has an AUC of 0.000 over the clips.", StringComparison.Ordinal));
        Assert.DoesNotContain(results.Notes, note => note.StartsWith("theirs", StringComparison.Ordinal));
    }

    [Fact]
    public void A_program_that_fails_is_left_out_with_the_reason_and_the_others_are_measured()
    {
        folder.Write("bad.detector.json", """
            {
              "name": "bad", "kind": "command", "licence": "none", "ignore": ["*"],
              "command": ["sh", "-c", "echo no such model >&2; exit 4", "sh", "{list}", "{out}"]
            }
            """);
        var results = Execute(Run(folder["bad.detector.json"], Describe("good", "", _ => 1, Names())));
        Assert.Contains(results.Notes, note =>
            note == "bad gave no scores for 8 clips: it ended with exit code 4; it said: no such model.");
        Assert.DoesNotContain(results.Scorers, scorer => scorer.Name == "bad");
        Assert.Contains(results.Scorers, scorer => scorer.Name == "good");
    }

    private static string[] Names() => [.. Enumerable.Range(0, 4).SelectMany(i => new[] { $"v{i}", $"f{i}" })];

    private string Describe(string name, string more, Func<string, double?> score, string[] clips)
    {
        folder.Write($"{name}.csv", "file,score\n" + string.Concat(clips.Select(clip =>
            string.Create(CultureInfo.InvariantCulture, $"{clip}.mp4,{score(clip)}\n"))));
        return folder.Write($"{name}.detector.json",
            $$"""{ "name": "{{name}}", "kind": "scores", "licence": "none", {{more}} "file": "{{name}}.csv" }""");
    }

    private GeneralisationResults Execute(ProtocolRun run, string to = "a") => Assert.IsType<GeneralisationResults>(
        run.Execute(folder[to], cancellation: TestContext.Current.CancellationToken).Document);

    private ProtocolRun Run(params string[] detectors) => new()
    {
        Protocol = "leave-one-generator-out",
        Real = [Store("real", i => ($"p{i}", $"v{i}", FrameOrigin.Real))],
        Generated = [Store("fake", i => ($"q{i}", $"f{i}", FrameOrigin.MadeBy($"g{i % 2}")))],
        Families = ["npr_stats"],
        Detectors = detectors,
        Options = new ProtocolOptions { Folds = 2, LeastFrames = 1, MesoSteps = 0 },
    };

    private FrameStore Store(string name, Func<int, (string Identity, string Video, FrameOrigin Origin)> clip)
    {
        const int size = 32;
        var info = new StoreInfo
        {
            Name = name,
            Size = size,
            CropSpecification = "test",
            EncodePath = "png",
            LicenceSummary = "none",
            Arguments = ["test", name],
        };
        using var writer = StoreWriter.Create(folder[$"{name}-{Guid.NewGuid():N}"], info);
        for (var i = 0; i < 8; i++)
        {
            var (identity, video, origin) = clip(i / 2);
            var (random, picture) = (new SeededRandom(i, name), new RgbImage(size, size));
            for (var at = 0; at < picture.Pixels.Length; at++) picture.Pixels[at] = (byte)random.NextInt(256);
            writer.Add(new FrameRecord
            {
                Key = $"{video}-{i % 2}",
                Identity = identity,
                Video = video,
                FrameNumber = i % 2,
                Origin = origin,
                Landmarks = new([.. Enumerable.Range(0, 68).SelectMany(k => new[] { 16 + (9f * MathF.Cos(k)), 16 + (9f * MathF.Sin(k)) })]),
            }, picture);
        }

        return writer.Complete();
    }
}
