using System.Globalization;
using Microsoft.Extensions.Time.Testing;

namespace ForensicHeads.Datasets.Tests;

public class ConsentGateTests
{
    private static readonly ConsentRecord Record = new()
    {
        Identity = "p00",
        Basis = ConsentBasis.Consent,
        Scope = ["self-reenactment", "research"],
        Expires = new DateOnly(2026, 11, 22),
        Contact = "privacy@example.org",
    };

    [Fact]
    public void A_record_in_scope_passes_until_the_end_of_its_last_day()
    {
        using var folder = new TestFolder();
        var store = Store(folder, [Record]);
        Assert.Equal("privacy@example.org", Check(store, "p00", "self-reenactment", "2026-11-22T23:59:59Z").Contact);
        Assert.Contains("ended on 2026-11-22. Ask privacy@example.org", Refusal(store, "p00", "self-reenactment", "2026-11-23T00:00:00Z"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Out_of_scope_no_record_barred_and_unknown_people_are_refused_with_the_reason()
    {
        using var folder = new TestFolder();
        var store = Store(folder, [Record, Record with { Identity = "barred" }]);
        Assert.Contains("does not cover 'cross-reenactment': it allows self-reenactment, research",
            Refusal(store, "p00", "cross-reenactment"), StringComparison.Ordinal);
        Assert.Contains("'p01' has no consent record", Refusal(store, "p01", "self-reenactment"), StringComparison.Ordinal);
        Assert.Contains("may_generate is false for 1 of 1 frames", Refusal(store, "barred", "self-reenactment"), StringComparison.Ordinal);
        Assert.Contains("'nobody' is not in", Refusal(store, "nobody", "self-reenactment"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("self-reenactment", "ended on 2026-11-22. Ask privacy@example.org to renew it.")]
    [InlineData("cross-reenactment", "Stay within it, or ask privacy@example.org.")]
    public void A_head_whose_record_does_not_hold_says_where_it_stands_and_how_to_renew_it(string purpose, string why)
    {
        var day = purpose == "cross-reenactment" ? 1 : 23;
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, day, 0, 0, 0, TimeSpan.Zero));
        Assert.EndsWith(why + " The record stands in the head h.safetensors, as it was when the head was made: correct it in the store's "
            + "consent.json, or in the file of --consent, and make the head again with 'adapt'.", Assert.Throws<UserErrorException>(() =>
                ConsentGate.CheckHead(Record, "p00", purpose, time, "h.safetensors")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_can_be_asked_for_instead_of_thrown()
    {
        using var folder = new TestFolder();
        var store = Store(folder, [Record with { Expires = null }]);
        Assert.Null(ConsentGate.Refusal(store, "p00", ConsentPurpose.SelfReenactment, TimeProvider.System));
        Assert.Contains("does not cover 'cross-reenactment'",
            ConsentGate.Refusal(store, "p00", ConsentPurpose.CrossReenactment, TimeProvider.System), StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_without_a_consent_file_lets_nobody_pass()
    {
        using var folder = new TestFolder();
        var store = TestStores.Write(folder["s"], TestStores.People(1, 1, 1));
        Assert.Contains("has no consent record", Refusal(store, "p00", "self-reenactment"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_rendered_face_may_serve_any_purpose_and_records_can_be_put_later()
    {
        using var folder = new TestFolder();
        var store = Store(folder, [Record]);
        ConsentFile.Put(store,
            Record with { Identity = "p01", Basis = ConsentBasis.Synthetic, Scope = [ConsentRecord.AnyPurpose], Expires = null });
        Assert.Equal(ConsentBasis.Synthetic, Check(store, "p01", "anything").Basis);
        Assert.Equal(["p00", "p01"], ConsentFile.Read(store).Select(record => record.Identity));
    }

    [Theory]
    [InlineData("[{\"identity\":\"a\",\"basis\":\"gossip\",\"scope\":[\"x\"],\"contact\":\"c\"}]", "not a list of consent records")]
    [InlineData("[{\"identity\":\"a\",\"basis\":\"consent\",\"scope\":[],\"contact\":\"c\"}]", "has no scope")]
    [InlineData("[{\"identity\":\"a\",\"basis\":\"consent\",\"scope\":[\"x\"],\"contact\":\" \"}]", "has no contact")]
    [InlineData(
        "[{\"identity\":\"a\",\"basis\":\"consent\",\"scope\":[\"x\"],\"contact\":\"c\"},"
        + "{\"identity\":\"a\",\"basis\":\"licence\",\"scope\":[\"y\"],\"contact\":\"c\"}]", "has two records")]
    [InlineData("{", "not a list of consent records")]
    public void A_file_that_cannot_be_understood_is_refused(string json, string message)
    {
        using var folder = new TestFolder();
        File.WriteAllText(folder["c.json"], json);
        Assert.Contains(message, Assert.Throws<UserErrorException>(() => ConsentFile.Read(folder["c.json"])).Message,
            StringComparison.Ordinal);
    }

    private static FrameStore Store(TestFolder folder, ConsentRecord[] records)
    {
        using var writer = StoreWriter.Create(folder["s"], TestStores.Info());
        foreach (var frame in TestStores.People(2, 1, 2).Append(TestStores.Frame("barred", "b", 0) with { MayGenerate = false })) writer
            .Add(frame, TestStores.Picture(frame.Key));
        writer.WriteSidecar(ConsentFile.Name, ConsentFile.ToJson(records));
        return writer.Complete();
    }

    private static string Refusal(FrameStore store, string identity, string purpose, string now = "2026-01-01T00:00:00Z") =>
        Assert.Throws<UserErrorException>(() => Check(store, identity, purpose, now)).Message;

    private static ConsentRecord Check(FrameStore store, string identity, string purpose, string now = "2026-01-01T00:00:00Z") =>
        ConsentGate.Check(store, identity, purpose, new FakeTimeProvider(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture)));
}
