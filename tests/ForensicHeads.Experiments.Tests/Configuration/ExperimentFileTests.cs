namespace ForensicHeads.Experiments.Tests.Configuration;

public sealed class ExperimentFileTests : IDisposable
{
    private readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    [Fact]
    public void The_shortest_file_is_the_defaults()
    {
        var config = Read("""{ "name": "x", "procedural": {} }""");
        Assert.Equal([1, 8, 32], config.Shots);
        Assert.Equal(["clean", "recaptured", "jpeg-50"], config.Conditions);
        Assert.Equal((8, 4, 4, 12), (config.Roles.Train, config.Roles.Validation, config.Roles.Calibration, config.Roles.Test));
    }

    [Fact]
    public void The_headlines_arm_comes_first_and_is_the_only_one_unless_others_are_named()
    {
        Assert.Equal([Arm.Updates], Read("""{ "name": "x", "procedural": {} }""").BudgetArms);
        Assert.Equal([Arm.Updates, Arm.Epochs], Read("""{ "name": "x", "procedural": {}, "arms": ["epochs", "updates"] }""").BudgetArms);
        Assert.Equal([Arm.Epochs], Read("""{ "name": "x", "procedural": {}, "adapt": { "arm": "epochs" } }""").BudgetArms);
    }

    [Fact]
    public void One_generator_is_a_name_and_several_are_a_list_read_and_written()
    {
        var one = Read("""{ "name": "x", "procedural": {}, "generator": { "weights": "a" } }""");
        Assert.Equal(["a"], one.Generator.Weights);
        Assert.Contains("\"weights\":\"a\"", CanonicalJson.ToLine(one), StringComparison.Ordinal);
        var several = Read("""{ "name": "x", "procedural": {}, "generator": { "weights": ["a", "b"] } }""");
        Assert.Equal(["a", "b"], several.Generator.Weights);
        Assert.Contains("\"weights\":[\"a\",\"b\"]", CanonicalJson.ToLine(several), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_further_words_there_is_an_unaware_detector_the_whole_ladder_one_seed_and_no_augmentation()
    {
        var config = Read("""{ "name": "x", "procedural": {} }""");
        Assert.Equal((true, 19, 1, false), (config.Unaware, config.LadderSteps.Count, config.DetectorSeeds, config.Detector.Augment));
        Assert.Empty(Read("""{ "name": "x", "procedural": {}, "ladder": [] }""").LadderSteps);
    }

    [Theory]
    [InlineData("\"seed\": 7", 7, 7)]
    [InlineData("\"seed\": 7, \"detector\": { \"seed\": 3 }", 7, 3)]
    [InlineData("\"seed\": 7, \"adapt\": { \"seed\": 5 }", 5, 7)]
    [InlineData("\"seed\": 7, \"detector\": { \"seed\": 3 }, \"network\": { \"seed\": 3 }", 7, 3)]
    public void Every_seed_is_heeded_and_one_that_is_left_out_is_the_experiments(string seeds, long adapt, long detector)
    {
        var config = Read($$"""{ "name": "x", "procedural": {}, {{seeds}} }""");
        Assert.Equal((7, adapt, detector, detector), (config.Seed, config.Adapt.Seed, config.Detector.Seed, config.Network.Seed));
    }

    [Fact]
    public void A_seed_that_nothing_would_heed_is_refused() => Assert.Equal(
        "network.seed is 4, but the networks are taught with the detector's seed, 1. Leave it out, and set detector.seed.",
        Assert.Throws<UserErrorException>(() => Read("""{ "name": "x", "procedural": {}, "network": { "seed": 4 } }""")).Message);

    [Fact]
    public void A_split_beside_the_file_gives_the_roles_and_roles_beside_it_are_refused()
    {
        var split = file + ".split.json";
        try
        {
            new Split { Name = "given", Seed = 1, Identities = new Dictionary<string, SplitRole> { ["ann"] = SplitRole.Test } }.Save(split);
            var name = Path.GetFileName(split);
            var config = Read($$"""{ "name": "x", "procedural": {}, "split": "{{name}}" }""");
            Assert.Equal(SplitRole.Test, config.People!.RoleOf("ann"));
            Assert.Contains("Keep one of them", Assert.Throws<UserErrorException>(() =>
                Read($$"""{ "name": "x", "procedural": {}, "split": "{{name}}", "roles": { "test": 3 } }""")).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(split);
        }
    }

    [Fact]
    public void The_demo_beside_the_program_is_valid()
    {
        var demo = ExperimentFile.Read(ExperimentFile.DemoPath, null);
        Assert.True(demo.Procedural!.Identities >= 20);
        Assert.Equal(20, demo.Roles.Test);
    }

    [Theory]
    [InlineData("""{ "name": "x", "procedural": {}, "shot": [1] }""", "shot")]
    [InlineData("""{ "name": "x", "procedural": { "people": 3 } }""", "people")]
    [InlineData("""{ "procedural": {} }""", "name")]
    [InlineData("""{ "name": "x", "procedural": {""", "not a valid experiment file")]
    [InlineData("null", "holds null")]
    [InlineData("""{ "name": "a b", "procedural": {} }""", "name is 'a b'")]
    [InlineData("""{ "name": "x" }""", "source is 'none'; allowed is either procedural or store")]
    [InlineData("""{ "name": "x", "procedural": {}, "store": "s" }""", "source is 'both'")]
    [InlineData("""{ "name": "x", "procedural": {}, "shots": [] }""", "shots is ''")]
    [InlineData("""{ "name": "x", "procedural": {}, "shots": [8, 1] }""", "shots is '8, 1'")]
    [InlineData("""{ "name": "x", "procedural": {}, "shots": [0, 1] }""", "shots is '0, 1'")]
    [InlineData("""{ "name": "x", "procedural": {}, "draws": 0 }""", "draws is '0'; allowed is 1 to 20")]
    [InlineData("""{ "name": "x", "procedural": {}, "arms": ["epochs"] }""", "arms is 'epochs'; allowed is each arm once, the headline's (adapt.arm, here updates) among them")]
    [InlineData("""{ "name": "x", "procedural": {}, "arms": ["updates", "updates"] }""", "arms is 'updates, updates'")]
    [InlineData("""{ "name": "x", "procedural": {}, "arms": ["weeks"] }""", "arms")]
    [InlineData("""{ "name": "x", "procedural": {}, "attackers": ["nearest"] }""", "There is no generator 'nearest'")]
    [InlineData("""{ "name": "x", "procedural": {}, "attackers_in_training": ["self-blended"] }""", "attackers_in_training is 'self-blended'")]
    [InlineData("""{ "name": "x", "procedural": {}, "attackers_in_training": ["nearest-shot"] }""", "which is a true frame")]
    [InlineData("""{ "name": "x", "procedural": {}, "driver_frames": 1 }""", "driver_frames is '1'")]
    [InlineData("""{ "name": "x", "procedural": {}, "conditions": ["jpeg-50"] }""", "with 'clean' in it")]
    [InlineData("""{ "name": "x", "procedural": {}, "conditions": ["clean", "foggy"] }""", "no condition 'foggy'")]
    [InlineData("""{ "name": "x", "procedural": {}, "ladder": ["clean"] }""", "ladder has no step 'clean'")]
    [InlineData("""{ "name": "x", "procedural": {}, "ladder": ["blur-1", "blur-1"] }""", "ladder is 'blur-1, blur-1'; allowed is each step at most once")]
    [InlineData("""{ "name": "x", "procedural": {}, "detector_seeds": 0 }""", "detector_seeds is '0'; allowed is 1 to 20")]
    [InlineData("""{ "name": "x", "procedural": {}, "generator": { "weights": [] } }""", "generator.weights is ''")]
    [InlineData("""{ "name": "x", "procedural": {}, "generator": { "weights": ["a", "a"] } }""", "generator.weights is 'a, a'; allowed is 1 to 20 different weights")]
    [InlineData("""{ "name": "x", "procedural": {}, "generator": { "weights": 3 } }""", "a name or a list of names was expected")]
    [InlineData("""{ "name": "x", "procedural": {}, "generator": { "weights": ["a", "b"], "forward_weights": "c" } }""", "generator.forward_weights is 'c'; allowed is as many as generator.weights, here 2")]
    [InlineData("""{ "name": "x", "procedural": {}, "families": ["smell"] }""", "no feature family 'smell'")]
    [InlineData("""{ "name": "x", "procedural": {}, "permutations": 0 }""", "permutations is '0'")]
    [InlineData("""{ "name": "x", "procedural": { "size": 8 } }""", "--size is 8")]
    [InlineData("""{ "name": "x", "procedural": {}, "roles": { "test": 0 } }""", "roles.test is 0")]
    [InlineData("""{ "name": "x", "procedural": {}, "roles": { "folds": 1 } }""", "roles.folds is 1")]
    [InlineData("""{ "name": "x", "procedural": {}, "adapt": { "updates": 0 } }""", "option updates is 0")]
    [InlineData("""{ "name": "x", "procedural": {}, "generator": { "continue": { "batch": 0 } } }""", "option batch is 0")]
    [InlineData("""{ "name": "x", "store": "{store}" }""", "add --store STORE")]
    public void A_file_that_cannot_be_run_is_wrong_usage_in_one_line(string json, string says)
    {
        var error = Assert.Throws<UserErrorException>(() => Read(json));
        Assert.Equal(2, error.ExitCode);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void The_store_of_the_command_line_takes_the_place_of_its_parameter()
    {
        Assert.Equal("mine", Read("""{ "name": "x", "store": "{store}" }""", "mine").Store);
        Assert.Contains("names its own source", Assert.Throws<UserErrorException>(() => Read("""{ "name": "x", "procedural": {} }""", "mine")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_and_missing_weights_are_named()
    {
        Assert.Contains("/none.json", Assert.Throws<UserErrorException>(() => ExperimentFile.Read("/none.json", null)).Message,
            StringComparison.Ordinal);
        Assert.Contains("'no-such'", Assert.Throws<UserErrorException>(() => ShippedWeights.Resolve("no-such")).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("identity-judge", 32, "identity-judge-64")]
    [InlineData("identity-judge", 127, "identity-judge-64")]
    [InlineData("identity-judge", 128, "identity-judge-128")]
    [InlineData("identity-judge", 256, "identity-judge-128")]
    [InlineData("identity-loss", 256, "identity-loss-64")]
    [InlineData("heads-64", 128, "heads-64")]
    public void A_shipped_name_without_a_size_is_that_for_the_frames(string name, int size, string expected) =>
        Assert.Equal(expected, Path.GetFileNameWithoutExtension(ShippedWeights.Resolve(name, size)));

    [Fact]
    public void What_is_not_shipped_in_any_size_is_a_path()
    {
        File.WriteAllText(file, "");
        Assert.Equal(file, ShippedWeights.Resolve(file, 64));
        Assert.Contains("'no-such'", Assert.Throws<UserErrorException>(() => ShippedWeights.Resolve("no-such", 64)).Message,
            StringComparison.Ordinal);
    }

    private ExperimentConfig Read(string json, string? store = null)
    {
        File.WriteAllText(file, json);
        return ExperimentFile.Read(file, store);
    }
}
