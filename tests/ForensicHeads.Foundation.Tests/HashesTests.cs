namespace ForensicHeads.Foundation.Tests;

public class HashesTests
{
    // FIPS 180-2, appendix B.1.
    private const string OfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    [Fact]
    public void The_standards_example_has_the_standards_hash()
    {
        Assert.Equal(OfAbc, Hashes.OfText("abc"));
        Assert.Equal(OfAbc, Hashes.Of("abc"u8));
    }

    [Fact]
    public void Nothing_has_the_known_hash_of_nothing() =>
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", Hashes.Of([]));

    [Fact]
    public void A_file_has_the_hash_of_its_bytes()
    {
        var path = Path.GetTempFileName();
        try
        {
            // Longer than one read buffer.
            var bytes = Enumerable.Range(0, 200_000).Select(i => (byte)(i * 7)).ToArray();
            File.WriteAllBytes(path, bytes);
            Assert.Equal(Hashes.Of(bytes), Hashes.OfFile(path));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
