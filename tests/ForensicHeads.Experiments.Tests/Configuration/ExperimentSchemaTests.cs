using System.Text.Json;

namespace ForensicHeads.Experiments.Tests.Configuration;

public sealed class ExperimentSchemaTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_field_says_what_it_is_and_what_it_may_hold()
    {
        var fields = ExperimentSchema.Fields();
        Assert.True(fields.Count > 100);
        Assert.All(fields, field =>
            Assert.False(string.IsNullOrWhiteSpace(field.What) || string.IsNullOrWhiteSpace(field.Holds), field.Path));
        Assert.Equal(fields.Count, fields.Select(field => field.Path).Distinct().Count());
        var known = fields.ToDictionary(field => field.Path);
        Assert.Equal(("whole number", "160"), (known["adapt.updates"].Holds, known["adapt.updates"].Default));
        Assert.Equal(("epochs, updates", "\"updates\""), (known["adapt.arm"].Holds, known["adapt.arm"].Default));
        Assert.Equal(("text or list", "\"heads-64\""), (known["generator.weights"].Holds, known["generator.weights"].Default));
        Assert.Contains("recaptured", known["conditions"].Holds, StringComparison.Ordinal);
        Assert.Equal("1", known["procedural.seed"].Default);
        Assert.Equal(("heads-1, heads-2", "\"heads-1\""), (known["procedural.renderer"].Holds, known["procedural.renderer"].Default));
        Assert.DoesNotContain(fields, field => field.What.Contains("cref", StringComparison.Ordinal) || field.What.Contains('<'));
    }

    /// <summary>The committed files name nothing that the schema does not know, and it knows all that is written.</summary>
    [Fact]
    public void The_schema_and_the_reader_know_the_same_names()
    {
        var known = ExperimentSchema.Fields().Select(field => field.Path).ToHashSet(StringComparer.Ordinal);
        foreach (var file in Directory.GetFiles(Repository.At("datasets"), "*.json", SearchOption.AllDirectories))
        {
            var options = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
            using var document = JsonDocument.Parse(File.ReadAllText(file), options);
            Assert.All(Paths(document.RootElement, ""), path => Assert.Contains(path, known));
        }

        var written = JsonSerializer.SerializeToElement(new ExperimentConfig { Name = "x" }, CanonicalJson.Indented);
        Assert.All(written.EnumerateObject(), field => Assert.Contains(field.Name, known));
        // The page names every field of the file.
        var page = File.ReadAllText(Repository.At("docs/experiment-file.md"));
        Assert.All(known.Where(path => !path.Contains('.', StringComparison.Ordinal) && path is not ("name" or "description")),
            name => Assert.Contains($"`{name}`", page, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(14, 12, "\"test\": 6", "[1, 8]")]
    [InlineData(14, 64, "\"test\": 6", "[1, 8, 32]")]
    [InlineData(6, 12, "\"folds\": 5", "[1]")]
    public void A_first_file_fits_its_store_and_is_read(int people, int frames, string roles, string shots)
    {
        var store = ProceduralStore.Render(new ProceduralOptions { Identities = people, Videos = 2, Frames = frames, Size = 64 },
            folder["store"], null, TestContext.Current.CancellationToken);
        var text = FirstExperiment.Make(store, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Contains(roles, text, StringComparison.Ordinal);
        Assert.Contains($"\"shots\": {shots}", text, StringComparison.Ordinal);
        folder.Write("first.json", text);
        var config = ExperimentFile.Read(folder["first.json"], store.Path);
        Assert.Equal(store.Path, config.Store);
        var plans = new ShotPlans(config.ShotOptions, store, TimeProvider.System)
            .Make(64, (_, _) => { }, TestContext.Current.CancellationToken);
        Assert.Equal(config.Roles.Folds == 0 ? 1 : config.Roles.Folds,
            FoldMaker.Make(store, [.. plans.Keys], config.Roles, config.Seed).Count);
    }

    [Fact]
    public void A_store_that_is_too_small_says_why()
    {
        var few = ProceduralStore.Render(new ProceduralOptions { Identities = 3, Videos = 1, Frames = 2, Size = 64 }, folder["few"], null,
            TestContext.Current.CancellationToken);
        Assert.Contains("too few people", Refusal(few), StringComparison.Ordinal);
        var small = ProceduralStore.Render(new ProceduralOptions { Identities = 5, Videos = 1, Frames = 2, Size = 32 }, folder["small"],
            null, TestContext.Current.CancellationToken);
        Assert.Contains("Make the store again with --size 64", Refusal(small), StringComparison.Ordinal);
    }

    private static string Refusal(FrameStore store) =>
        Assert.Throws<UserErrorException>(() => FirstExperiment.Make(store, TimeProvider.System)).Message;

    private static IEnumerable<string> Paths(JsonElement element, string above) => element.ValueKind != JsonValueKind.Object ? []
        : element.EnumerateObject().SelectMany(field => Paths(field.Value, $"{above}{field.Name}.").Prepend(above + field.Name));
}
