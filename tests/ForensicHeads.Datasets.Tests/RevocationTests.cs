namespace ForensicHeads.Datasets.Tests;

public class RevocationTests
{
    [Fact]
    public void What_derives_from_a_person_is_listed_and_on_request_removed()
    {
        using var folder = new TestFolder();
        using var writer = StoreWriter.Create(folder["real"], TestStores.Info());
        foreach (var frame in TestStores.People(3, 1, 2)) writer.Add(frame, TestStores.Picture(frame.Key));
        writer.Reject(new RejectedInput("p01/dark.mp4", "p01", "no face", "none"));
        writer.Reject(new RejectedInput("p02/dark.mp4", "p02", "no face", "none"));
        writer.WriteSidecar("attributes.json", """{"p01": {"glasses": true}, "p02": {"glasses": false}}""");
        writer.WriteSidecar(ConsentFile.Name,
            ConsentFile.ToJson(((string[])["p01", "p02"]).Select(person =>
                new ConsentRecord { Identity = person, Basis = ConsentBasis.Consent, Scope = ["research"], Contact = "c" })));
        var real = writer.Complete();
        var fake = TestStores.Write(folder["fake"],
            [TestStores.Fake("p01", "f1", 0, "p01-v0"), TestStores.Fake("p00", "f0", 0, "p01-v0"),
            TestStores.Fake("p02", "f2", 0, "p02-v0")]);
        var other = TestStores.Write(folder["other"], TestStores.People(1, 1, 1, "z"));
        var before = real.ReadPng(real.Frames[0]);

        var found = Revocation.Find([real, fake, other], "p01");
        Assert.Equal([real, fake], found.Select(finding => finding.Store));
        Assert.Equal((2, 0, 1), (found[0].Shown.Count, found[0].Driven.Count, found[0].RejectedLines));
        Assert.Equal(["attributes.json", "consent.json"], found[0].Sidecars);
        Assert.Equal(("p01_f1_0000", "p00_f0_0000"), (found[1].Shown.Single().Key, found[1].Driven.Single().Key));

        var left = Revocation.Remove(found, "p01", cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(["p00", "p02"], left[0].Identities);
        Assert.Equal(["p02"], left[1].Identities);
        Assert.Equal(before, left[0].ReadPng(left[0].Frames[0]));
        Assert.Equal(real.Info.Arguments, left[0].Info.Arguments);
        Assert.Empty(Revocation.Find([.. left, other], "p01"));
        Assert.Equal(["p02"], ConsentFile.Read(left[0]).Select(record => record.Identity));
        foreach (var file in Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories))
        {
            Assert.False(File.ReadAllBytes(file).AsSpan().IndexOf("p01"u8) >= 0, $"{file} still names the person");
        }

        Assert.Equal(3, Directory.GetFileSystemEntries(folder.Path).Length);
    }
}
