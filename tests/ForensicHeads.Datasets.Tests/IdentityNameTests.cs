namespace ForensicHeads.Datasets.Tests;

public sealed class IdentityNameTests : IDisposable
{
    private const string Composed = "Zo\u00EB";
    private const string Decomposed = "Zoe\u0308";
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(Decomposed, Composed)]
    [InlineData("\u212B", "\u00C5")]
    [InlineData("\u1112\u1161\u11AB", "\uD55C")]
    [InlineData("q\u0307\u0323", "q\u0323\u0307")]
    [InlineData("p00001", "p00001")]
    public void Two_ways_of_writing_the_letters_are_one_name(string written, string name)
    {
        Assert.Equal(name, IdentityName.Canonical(written));
        Assert.True(IdentityName.Same(written, name));
    }

    [Theory]
    [InlineData("Zoe", Composed)]
    [InlineData("zo\u00EB", Composed)]
    [InlineData("\uFB01a", "fia")]
    public void Other_letters_are_another_name(string one, string other) => Assert.False(IdentityName.Same(one, other));

    [Fact]
    public void A_person_is_found_and_revoked_under_either_form()
    {
        using (var writer = StoreWriter.Create(folder["store"], TestStores.Info()))
        {
            foreach (var (name, video) in new[] { (Composed, "a"), (Decomposed, "b"), ("ben", "c") })
                writer.Add(TestStores.Frame(name, video, 0) with { Key = video }, TestStores.Picture(video));
            writer.WriteSidecar(ConsentFile.Name, $$"""
                [{ "identity": "{{Decomposed}}", "basis": "consent", "scope": ["research"], "contact": "her" },
                 { "identity": "ben", "basis": "consent", "scope": ["research"], "contact": "him" }]
                """);
            writer.Complete();
        }

        var store = FrameStore.Open(folder["store"]);
        Assert.Equal([Composed, "ben"], store.Identities);
        Assert.Equal(2, store.FramesOf(Decomposed).Count());
        // The hash is that of the letters as they were given.
        Assert.Equal(store.Info.ContentSha256, store.ContentHash);
        Assert.Equal(Composed, ConsentFile.Read(store)[0].Identity);
        var copy = StoreSelect.Run(store, new StoreSelection { People = [Decomposed] }, folder["copy"],
            cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(2, copy.Frames.Count);
        Assert.Equal(copy.Info.ContentSha256, copy.ContentHash);

        var found = Revocation.Find([store], Decomposed);
        Assert.Equal(2, Assert.Single(found).Shown.Count);
        var left = Assert.Single(Revocation.Remove(found, Decomposed,
            cancellation: TestContext.Current.CancellationToken));
        Assert.Equal(["ben"], left.Identities);
        Assert.Equal("ben", Assert.Single(ConsentFile.Read(left)).Identity);
    }

    [Fact]
    public void A_split_that_gives_one_person_two_roles_is_refused()
    {
        folder.Write("split.json", $$"""
            { "format_version": "1", "name": "s", "seed": 1, "identities": { "{{Composed}}": "train", "{{Decomposed}}": "test" } }
            """);
        Assert.Contains("it is one person", Assert.Throws<UserErrorException>(() => Split.Load(folder["split.json"])).Message,
            StringComparison.Ordinal);
        var split = new Split { Name = "s", Seed = 1, Identities = new Dictionary<string, SplitRole> { [Decomposed] = SplitRole.Test } };
        Assert.Equal((SplitRole.Test, SplitRole.Test), (split.RoleOf(Composed), split.RoleOf(Decomposed)));
    }

    [Fact]
    public void Two_consent_records_of_one_person_are_refused()
    {
        var record = new ConsentRecord { Identity = Composed, Basis = ConsentBasis.Consent, Scope = ["research"], Contact = "her" };
        Assert.Contains("two records", Assert.Throws<UserErrorException>(() => ConsentFile.ToJson([record,
            record with { Identity = Decomposed }])).Message, StringComparison.Ordinal);
    }
}
