using System.Net;

namespace ForensicHeads.Media.Tests.Models;

public sealed class ModelRegistryTests : IDisposable
{
    private readonly TestFolder files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void Every_model_has_an_address_at_a_fixed_commit_or_version_a_licence_and_a_hash()
    {
        Assert.All(FaceModels.All, model =>
        {
            Assert.Matches("^https://(raw.githubusercontent.com/[^/]+/[^/]+/[0-9a-f]{40}|unpkg.com/@[^/@]+/[^/@]+@[0-9]+.[0-9]+.[0-9]+)/",
                model.Address.ToString());
            Assert.Matches("^[0-9a-f]{64}$", model.Sha256);
            Assert.Contains(model.Licence, new[] { "MIT", "BSD-2-Clause", "Apache-2.0" });
        });
        Assert.Equal(FaceModels.All.Count, FaceModels.All.Select(m => m.Name).Distinct().Count());
    }

    [Fact]
    public void A_file_with_another_content_is_refused()
    {
        files.Write(FaceModels.FaceDetector.File, "not a model");
        var error = Assert.Throws<UserErrorException>(() => ModelRegistry.Load(FaceModels.FaceDetector, files.Path));
        Assert.Contains("is not the model it should be", error.Message, StringComparison.Ordinal);
        Assert.Equal(ModelState.Mismatch, ModelRegistry.List(files.Path)[0].State);
        Assert.Throws<UserErrorException>(() => ModelRegistry.Verify(files.Path));
    }

    [Fact]
    public void A_model_that_is_not_in_the_source_folder_is_named_with_its_address()
    {
        var error = Assert.Throws<UserErrorException>(() => ModelRegistry.FetchFrom(files.Path, files["target"]));
        Assert.StartsWith($"{FaceModels.FaceDetector.File} is not in {files.Path}", error.Message, StringComparison.Ordinal);
        Assert.Contains(FaceModels.FaceDetector.Address.ToString(), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fetching_from_a_folder_copies_what_matches()
    {
        var fetched = ModelRegistry.FetchFrom(SharedData.Models, files.Path);
        Assert.All(fetched, entry => Assert.Equal(entry.Model.Sha256, Hashes.OfFile(entry.Path!)));
        Assert.All(ModelRegistry.Verify(files.Path), entry => Assert.NotEqual(ModelState.Mismatch, entry.State));
    }

    [Fact]
    public async Task Without_a_network_the_remedy_is_named()
    {
        using var client = new HttpClient(new Answer(() => throw new HttpRequestException("Name or service not known")));
        var error = await Assert.ThrowsAsync<UserErrorException>(
            () => ModelRegistry.FetchFromNetwork(client, files.Path, cancellation: TestContext.Current.CancellationToken));
        Assert.Contains("./forensicheads models fetch --from DIR", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(files.Path));
    }

    [Fact]
    public async Task A_download_with_another_content_is_refused()
    {
        using var client =
            new HttpClient(new Answer(() => new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(new byte[100]) }));
        await Assert.ThrowsAsync<UserErrorException>(
            () => ModelRegistry.FetchFromNetwork(client, files.Path, cancellation: TestContext.Current.CancellationToken));
        Assert.Empty(Directory.GetFiles(files.Path));
    }

    private sealed class Answer(Func<HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(answer());
    }
}
